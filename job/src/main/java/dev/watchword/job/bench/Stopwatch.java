package dev.watchword.job.bench;

import dev.watchword.job.retry.Timekeeper;

/** Adds up how long each part takes, over several runs of the same rival. */
final class Stopwatch implements Lap {
    private final Timekeeper timekeeper;
    private final long[] nanos;
    private int part;
    private long since;

    Stopwatch(Timekeeper timekeeper, int parts) {
        this.timekeeper = timekeeper;
        this.nanos = new long[parts];
    }

    /** Times one more run. */
    void time(Rival rival) {
        part = 0;
        since = timekeeper.nanoTime();
        rival.run(this);
        if (part != nanos.length) {
            throw new IllegalStateException(
                    "%s ended %d of its %d parts.".formatted(rival.name(), part, nanos.length));
        }
    }

    @Override
    public void ends() {
        long now = timekeeper.nanoTime();
        nanos[part++] += now - since;
        since = now;
    }

    /** How long all runs took together, in seconds. */
    double totalSeconds() {
        double sum = 0;
        for (long part : nanos) {
            sum += part / 1e9;
        }
        return sum;
    }

    /** How long each part took in one run, in seconds. */
    double[] secondsPerRun(int runs) {
        double[] seconds = new double[nanos.length];
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] = nanos[i] / 1e9 / runs;
        }
        return seconds;
    }
}
