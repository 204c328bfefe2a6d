package dev.watchword.job.bench;

import dev.watchword.job.retry.Timekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Measures rivals in turn: after a warm-up, every round measures each of them once, and each round
 * begins with another one.
 *
 * @param rounds how many measurements of each rival
 * @param least how long a measurement lasts at least: short runs are repeated, and their mean is
 *     one measurement
 */
public record Rounds(int rounds, Duration least) {

    public Rounds {
        if (rounds < 1) {
            throw new IllegalArgumentException("There must be at least one round.");
        }
    }

    /**
     * Measures until all rounds are done.
     *
     * @param samples gets every measurement as soon as it is there
     * @param stopped asked before every run; once it says so, nothing more is measured
     */
    public void run(
            List<Rival> rivals,
            Samples samples,
            Timekeeper timekeeper,
            Progress progress,
            BooleanSupplier stopped) {
        Map<Rival, Integer> runs = new IdentityHashMap<>();
        for (Rival rival : rivals) {
            if (stopped.getAsBoolean()) {
                return;
            }
            progress.show(() -> "Warming up: " + rival.name());
            runs.put(rival, runsOf(rival, timekeeper));
        }
        List<Rival> order = new ArrayList<>(rivals);
        long begun = timekeeper.nanoTime();
        for (int round = 0; round < rounds; round++) {
            for (int at = 0; at < order.size(); at++) {
                if (stopped.getAsBoolean()) {
                    return;
                }
                Rival rival = order.get(at);
                int done = round * order.size() + at;
                double elapsed = (timekeeper.nanoTime() - begun) / 1e9;
                progress.show(() -> line(done, order.size(), elapsed, rival));
                Stopwatch stopwatch = new Stopwatch(timekeeper, rival.parts());
                for (int run = 0; run < runs.get(rival); run++) {
                    if (stopped.getAsBoolean()) {
                        return;
                    }
                    stopwatch.time(rival);
                }
                samples.add(rival, stopwatch.secondsPerRun(runs.get(rival)));
            }
            Collections.rotate(order, -1);
        }
    }

    /** Warms a rival up, and tells how many runs last long enough. */
    private int runsOf(Rival rival, Timekeeper timekeeper) {
        double wanted = least.toNanos() / 1e9;
        double seconds = secondsOfOne(rival, timekeeper);
        if (seconds < wanted) {
            seconds = secondsOfOne(rival, timekeeper);
        }
        return (int) Math.max(1, Math.ceil(wanted / Math.max(seconds, 1e-6)));
    }

    private static double secondsOfOne(Rival rival, Timekeeper timekeeper) {
        Stopwatch stopwatch = new Stopwatch(timekeeper, rival.parts());
        stopwatch.time(rival);
        return stopwatch.totalSeconds();
    }

    private String line(int done, int perRound, double elapsed, Rival rival) {
        String left =
                done < perRound
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                ", about %.0f s left",
                                elapsed / done * (rounds * perRound - done));
        return "Round %d of %d%s: %s".formatted(done / perRound + 1, rounds, left, rival.name());
    }
}
