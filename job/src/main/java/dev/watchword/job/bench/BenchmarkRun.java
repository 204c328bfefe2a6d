package dev.watchword.job.bench;

import dev.watchword.job.retry.Timekeeper;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs a benchmark and prints its table, once: at the end, or, when the process is told to stop
 * before, what has been measured until then.
 */
public final class BenchmarkRun {
    private static final long LAST_RUN_SECONDS = 60;

    private final Benchmark benchmark;
    private final Rounds rounds;
    private final TablePrinter printer;
    private final Samples samples = new Samples();
    private final AtomicBoolean printed = new AtomicBoolean();
    private final AtomicBoolean stopped = new AtomicBoolean();

    /** Where a table goes. Called at most once, from any thread. */
    @FunctionalInterface
    public interface TablePrinter {
        void print(Table table);
    }

    public BenchmarkRun(Benchmark benchmark, Rounds rounds, TablePrinter printer) {
        this.benchmark = benchmark;
        this.rounds = rounds;
        this.printer = printer;
    }

    /**
     * Measures, prints, and closes the benchmark. Ctrl-C meanwhile prints what there is and ends the
     * process.
     */
    public void run(Timekeeper timekeeper, Progress progress) {
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(() -> stopAndAwait(ended), "watchword-bench-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try (benchmark) {
            rounds.run(benchmark.rivals(), samples, timekeeper, progress, stopped::get);
            print();
        } finally {
            ended.countDown();
            remove(hook);
        }
    }

    /** Prints what has been measured, and measures no more; the run that goes on is finished. */
    void stop() {
        stopped.set(true);
        print();
    }

    /** The process must not end while libtorch computes: it would crash on its way out. */
    private void stopAndAwait(CountDownLatch ended) {
        stop();
        try {
            ended.await(LAST_RUN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // The hook runs, or has run, and finds everything done.
        }
    }

    private void print() {
        if (printed.compareAndSet(false, true)) {
            printer.print(benchmark.table(samples));
        }
    }
}
