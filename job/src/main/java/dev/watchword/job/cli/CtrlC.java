package dev.watchword.job.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets Ctrl-C interrupt a thread, and the process then wait for it, for a minute at most. */
final class CtrlC {
    private static final long PATIENCE_SECONDS = 60;

    private final Thread waiting = Thread.currentThread();
    private final CountDownLatch released = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interruptAndAwait, "watchword-stop");

    private CtrlC() {}

    /** From now on, until {@link #release}. */
    static CtrlC interruptsThisThread() {
        CtrlC ctrlC = new CtrlC();
        Runtime.getRuntime().addShutdownHook(ctrlC.hook);
        return ctrlC;
    }

    /**
     * Does what a person may stop.
     *
     * @param stopped what is said then
     * @return the work's exit code, or that it failed where it was stopped
     */
    static int during(PrintWriter notes, String stopped, Callable<Integer> work) throws Exception {
        CtrlC ctrlC = interruptsThisThread();
        try {
            return work.call();
        } catch (InterruptedException e) {
            notes.println(stopped);
            return ExitCode.FAILED;
        } finally {
            ctrlC.release();
        }
    }

    private void interruptAndAwait() {
        waiting.interrupt();
        try {
            released.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the process end, if it is to end, and leaves Ctrl-C to itself again. */
    void release() {
        released.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending: the hook is what waits for this.
        }
    }
}
