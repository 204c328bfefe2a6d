package dev.watchword.job.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Until it is closed, a process that is told to end interrupts the thread that opened it, and waits a
 * minute for it to tidy up and close this.
 */
final class InterruptOnExit {
    private static final long TIDY_SECONDS = 60;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook;

    private InterruptOnExit(Thread working) {
        hook = new Thread(() -> interruptAndAwait(working), "watchword-bench-stop");
    }

    static InterruptOnExit open() {
        InterruptOnExit made = new InterruptOnExit(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(made.hook);
        return made;
    }

    private void interruptAndAwait(Thread working) {
        working.interrupt();
        try {
            closed.await(TIDY_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it: the process may go. */
    void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already.
        }
    }
}
