package dev.watchword.integration.rig;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what must come true. */
public final class Eventually {
    /** Long enough for a slow machine; nothing that works takes it. */
    public static final Duration LIMIT = Duration.ofSeconds(60);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private Eventually() {}

    /**
     * Returns as soon as the condition holds.
     *
     * @param what the condition in words
     * @throws AssertionError if it does not come to hold
     */
    public static void until(String what, BooleanSupplier condition) {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - begin > LIMIT.toNanos()) {
                throw new AssertionError("Did not come true within " + LIMIT + ": " + what);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }
}
