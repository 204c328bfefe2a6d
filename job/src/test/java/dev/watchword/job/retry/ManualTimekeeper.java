package dev.watchword.job.retry;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only when someone sleeps. Remembers how long they slept. */
public final class ManualTimekeeper implements Timekeeper {

    private final Instant begin;
    private final List<Duration> sleeps = new ArrayList<>();
    private Duration passed = Duration.ZERO;

    public ManualTimekeeper(Instant begin) {
        this.begin = begin;
    }

    @Override
    public synchronized Instant now() {
        return begin.plus(passed);
    }

    @Override
    public synchronized long nanoTime() {
        return passed.toNanos();
    }

    @Override
    public synchronized void sleep(Duration duration) {
        if (!duration.isNegative()) {
            passed = passed.plus(duration);
            sleeps.add(duration);
        }
    }

    public synchronized void advance(Duration duration) {
        passed = passed.plus(duration);
    }

    public synchronized List<Duration> sleeps() {
        return List.copyOf(sleeps);
    }
}
