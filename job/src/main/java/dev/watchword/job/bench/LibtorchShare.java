package dev.watchword.job.bench;

import dev.watchword.job.retry.Timekeeper;
import dev.watchword.tensor.LibTorch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Which share of a rival's time is spent inside libtorch; the rest is what is wrapped around it.
 * Thread-safe.
 */
final class LibtorchShare {
    private final Timekeeper timekeeper = Timekeeper.system();
    private final List<Double> shares = new ArrayList<>();

    /** Does a run, in which no other thread than those of the run uses libtorch. */
    void measure(Runnable run) {
        long begun = timekeeper.nanoTime();
        Duration before = LibTorch.timeInside();
        run.run();
        double inside = LibTorch.timeInside().minus(before).toNanos();
        double all = timekeeper.nanoTime() - begun;
        synchronized (shares) {
            shares.add(inside / all);
        }
    }

    /**
     * The median over all runs, in percent.
     *
     * @throws IllegalArgumentException if there was none
     */
    double percent() {
        synchronized (shares) {
            double[] all = shares.stream().mapToDouble(Double::doubleValue).toArray();
            return 100 * Spread.of(all).median();
        }
    }
}
