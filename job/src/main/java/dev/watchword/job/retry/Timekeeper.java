package dev.watchword.job.retry;

import java.time.Duration;
import java.time.Instant;

/** The clock that code reads and waits on. Tests pass one of their own. Thread-safe. */
public interface Timekeeper {

    /** The time of day. May jump when the machine's clock is set. */
    Instant now();

    /** Nanoseconds since an arbitrary moment. Never goes back. */
    long nanoTime();

    /** Waits that long; returns at once for zero or less. */
    void sleep(Duration duration) throws InterruptedException;

    /** The machine's own clock. */
    static Timekeeper system() {
        return SystemTimekeeper.INSTANCE;
    }
}
