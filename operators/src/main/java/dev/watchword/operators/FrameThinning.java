package dev.watchword.operators;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Chooses the frames that are left out when too many come: of every stream one in two is kept, or
 * one in four, and so on, in equal steps. Whenever the engine's queue is found full, half as many are
 * kept; when half of it is empty, twice as many; and after each change what it does is awaited. Used
 * on the task's thread alone.
 */
final class FrameThinning {
    /** At least one frame in 64 is kept of a stream, however full the queue is. */
    private static final int MOST_HALVINGS = 6;

    /** Streams whose last frames are longest ago are forgotten; the next frame of such a one is kept. */
    private static final int MOST_STREAMS = 10_000;

    private final int mostInFlight;
    private final Map<String, Integer> leftOut =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
                    return size() > MOST_STREAMS;
                }
            };
    private int halvings;
    private long framesSinceChange;

    /**
     * @param mostInFlight with so many frames the engine's queue is full
     */
    FrameThinning(int mostInFlight) {
        this.mostInFlight = mostInFlight;
        this.framesSinceChange = mostInFlight;
    }

    /** Whether a frame that has come is kept. */
    boolean keeps(String stream, int inFlight) {
        adapt(inFlight);
        Integer before = leftOut.get(stream);
        boolean kept = before == null || before + 1 >= 1 << halvings;
        leftOut.put(stream, kept ? 0 : before + 1);
        return kept;
    }

    private void adapt(int inFlight) {
        framesSinceChange++;
        if (framesSinceChange <= mostInFlight) {
            return;
        }
        if (inFlight >= mostInFlight && halvings < MOST_HALVINGS) {
            halvings++;
            framesSinceChange = 0;
        } else if (inFlight <= mostInFlight / 2 && halvings > 0) {
            halvings--;
            framesSinceChange = 0;
        }
    }
}
