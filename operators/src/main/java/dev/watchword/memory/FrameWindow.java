package dev.watchword.memory;

import java.time.Instant;

/**
 * Some of a stream's frames, one after the other.
 *
 * @param count how many, at least 1
 * @param firstNumber how many frames of the history came before the oldest, those dropped since
 *     included
 * @param first sequence of the oldest
 * @param last sequence of the newest
 */
public record FrameWindow(
        long count,
        long firstNumber,
        long first,
        Instant firstCapturedAt,
        long last,
        Instant lastCapturedAt) {}
