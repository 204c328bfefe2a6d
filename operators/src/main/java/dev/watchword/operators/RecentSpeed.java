package dev.watchword.operators;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;

/** How long the engine took for its newest answers. */
final class RecentSpeed {
    private static final int ANSWERS = 32;

    private final ArrayDeque<Duration> newest = new ArrayDeque<>();

    void took(Duration duration) {
        if (newest.size() == ANSWERS) {
            newest.poll();
        }
        newest.add(duration);
    }

    /** The shortest time; none at all before the first answer. */
    Duration fastest() {
        return newest.isEmpty() ? Duration.ZERO : Collections.min(newest);
    }
}
