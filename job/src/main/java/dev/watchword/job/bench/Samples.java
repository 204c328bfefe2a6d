package dev.watchword.job.bench;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What has been measured so far. Thread-safe: it may be read while measuring goes on. */
public final class Samples {
    private final Map<Rival, List<double[]>> seconds = new IdentityHashMap<>();

    /** Adds one round's measurement of a rival: the seconds of each of its parts. */
    public synchronized void add(Rival rival, double[] partSeconds) {
        seconds.computeIfAbsent(rival, absent -> new ArrayList<>()).add(partSeconds.clone());
    }

    /** How long a rival's whole run takes, in seconds; empty while it has not been measured. */
    public Optional<Spread> seconds(Rival rival) {
        return seconds(rival, 0, rival.parts());
    }

    /**
     * How long the parts {@code from}, inclusive, to {@code to}, exclusive, take together, in
     * seconds; empty while the rival has not been measured.
     */
    public synchronized Optional<Spread> seconds(Rival rival, int from, int to) {
        List<double[]> measured = seconds.getOrDefault(rival, List.of());
        if (measured.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                Spread.of(measured.stream().mapToDouble(parts -> sum(parts, from, to)).toArray()));
    }

    private static double sum(double[] parts, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += parts[i];
        }
        return sum;
    }
}
