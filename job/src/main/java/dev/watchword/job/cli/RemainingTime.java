package dev.watchword.job.cli;

import dev.watchword.job.retry.Timekeeper;
import java.time.Duration;

/** How much is left of a time that somebody waits, from when this is made. */
final class RemainingTime {
    private final Timekeeper timekeeper;
    private final Duration whole;
    private final long begin;

    RemainingTime(Timekeeper timekeeper, Duration whole) {
        this.timekeeper = timekeeper;
        this.whole = whole;
        this.begin = timekeeper.nanoTime();
    }

    /** What is left; zero if the time is over. */
    Duration left() {
        Duration left = whole.minusNanos(timekeeper.nanoTime() - begin);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** What is left, or less. */
    Duration atMost(Duration longest) {
        Duration left = left();
        return left.compareTo(longest) < 0 ? left : longest;
    }

    boolean isOver() {
        return left().isZero();
    }
}
