package dev.watchword.job.topology;

import dev.watchword.operators.NameStreams;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Of which streams was told when, so that of each it is told at its first frame and then now and then.
 * Bounded: the stream that was told of longest ago is forgotten, and told of again with its next
 * frame, which does no harm.
 */
final class ToldStreams {
    private static final int MOST = 10_000;
    private static final long AGAIN_AFTER = NameStreams.TOLD_EVERY.toMillis();

    /** Stream to when it was told of, oldest first. */
    private final LinkedHashMap<String, Long> told = new LinkedHashMap<>();

    /**
     * Whether a stream is to be told of; then that is taken for done.
     *
     * @param now in milliseconds
     */
    boolean isDue(String stream, long now) {
        Long before = told.get(stream);
        if (before != null && now - before < AGAIN_AFTER) {
            return false;
        }
        told.remove(stream);
        told.put(stream, now);
        if (told.size() > MOST) {
            Map.Entry<String, Long> oldest = told.entrySet().iterator().next();
            told.remove(oldest.getKey());
        }
        return true;
    }
}
