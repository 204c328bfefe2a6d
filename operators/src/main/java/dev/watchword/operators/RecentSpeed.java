package dev.watchword.operators;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;

/** How long the engine had the newest questions that it is done with. */
final class RecentSpeed {
    private static final int QUESTIONS = 32;

    private final ArrayDeque<Duration> newest = new ArrayDeque<>();

    void took(Duration duration) {
        if (newest.size() == QUESTIONS) {
            newest.poll();
        }
        newest.add(duration);
    }

    /** A time in which three of four were done; none at all before the first. */
    Duration usual() {
        if (newest.isEmpty()) {
            return Duration.ZERO;
        }
        List<Duration> sorted = newest.stream().sorted().toList();
        return sorted.get(3 * (sorted.size() - 1) / 4);
    }
}
