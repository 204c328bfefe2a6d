package dev.watchword.job.soak;

import dev.watchword.job.retry.Timekeeper;
import java.time.Duration;

/** Tells the time since something began. Thread-safe. */
final class SoakClock {
    private final Timekeeper timekeeper;
    private volatile long begin;

    SoakClock(Timekeeper timekeeper) {
        this.timekeeper = timekeeper;
        this.begin = timekeeper.nanoTime();
    }

    /** Begins anew. */
    void begin() {
        begin = timekeeper.nanoTime();
    }

    Duration since() {
        return Duration.ofNanos(timekeeper.nanoTime() - begin);
    }

    void sleepUntil(Duration moment) throws InterruptedException {
        timekeeper.sleep(moment.minus(since()));
    }

    /** Minutes and seconds. */
    @Override
    public String toString() {
        Duration since = since();
        return "%3d:%02d".formatted(since.toMinutes(), since.toSecondsPart());
    }
}
