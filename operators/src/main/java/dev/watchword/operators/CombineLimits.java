package dev.watchword.operators;

import dev.watchword.schemas.Query;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What questions about several streams together may take.
 *
 * @param bytes most bytes of tokens and features of all frames in one question's scope
 * @param questions most of them that may wait in one subtask
 * @param patience how long one waits for its streams, from when it is taken, or from the moment as of
 *     which it is asked where that is later
 */
public record CombineLimits(long bytes, int questions, Duration patience) implements Serializable {
    private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);

    /**
     * Until when the streams of a question are waited for that is taken now: at most until the first
     * moment at which it is late.
     */
    Instant until(Query query, Instant now) {
        Instant from = query.getAsOf().filter(now::isBefore).orElse(now);
        Optional<Instant> late = query.getDeadline().map(deadline -> deadline.plusMillis(1));
        return Stream.concat(Stream.of(from.plus(patience), LATEST), late.stream())
                .min(Instant::compareTo)
                .orElseThrow();
    }
}
