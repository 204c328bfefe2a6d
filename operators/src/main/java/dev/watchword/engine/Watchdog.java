package dev.watchword.engine;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Watches the pieces of work of the device's thread, of which none may take longer than a limit.
 * Whether one does is told by looking again and again, {@link #LOOKS} times within the limit: so the
 * time in which the whole process stood still is not held against the device.
 */
final class Watchdog {
    /** A piece that is seen at so many looks in a row, after the first, hangs. */
    static final int LOOKS = 20;

    private final Duration limit;
    private final Consumer<String> hung;

    private volatile Piece current;

    // Touched by who looks alone.
    private Piece seen;
    private int times;

    /** Told apart by what it is, not by what it says. */
    private static final class Piece {
        private final String what;
        private final long begun = System.nanoTime();

        private Piece(String what) {
            this.what = what;
        }
    }

    /**
     * @param limit longer than {@link #LOOKS} nanoseconds
     * @param hung told once what the piece is that took too long; on the thread that looks
     */
    Watchdog(Duration limit, Consumer<String> hung) {
        this.limit = limit;
        this.hung = hung;
    }

    /** How long to wait between two looks. */
    Duration interval() {
        return limit.dividedBy(LOOKS);
    }

    /**
     * Does a piece of work. For the device's thread.
     *
     * @param what as in "encoding 16 frames"
     */
    void watch(String what, Runnable work) {
        current = new Piece(what);
        try {
            work.run();
        } finally {
            current = null;
        }
    }

    /** Looks what is being done. For one thread, every {@link #interval}. */
    void look() {
        Piece now = current;
        if (now == null || now != seen) {
            seen = now;
            times = 0;
            return;
        }
        times++;
        if (times == LOOKS) {
            hung.accept(now.what);
        }
    }

    /** How long the present piece has taken; zero if there is none. For any thread. */
    Duration busy() {
        Piece now = current;
        return now == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - now.begun);
    }
}
