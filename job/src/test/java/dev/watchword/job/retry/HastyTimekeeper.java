package dev.watchword.job.retry;

import java.time.Duration;
import java.time.Instant;

/** The machine's clock, but waits and measured times pass a number of times faster. */
public final class HastyTimekeeper implements Timekeeper {

    private final int speed;

    public HastyTimekeeper(int speed) {
        this.speed = speed;
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime() * speed;
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        Timekeeper.system().sleep(duration.dividedBy(speed));
    }
}
