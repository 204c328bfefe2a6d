package dev.watchword.job.camera;

import dev.watchword.job.retry.Timekeeper;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Numbers a stream's frames, rising by one. Where no first number is given, the numbers begin with
 * the epoch millisecond and do not outrun the clock, so that a camera that starts again begins
 * above all that it gave before. Used by one thread.
 */
final class Sequences {

    private static final Duration MILLISECOND = Duration.ofMillis(1);

    private final OptionalLong first;
    private final Timekeeper timekeeper;
    private OptionalLong last = OptionalLong.empty();

    Sequences(OptionalLong first, Timekeeper timekeeper) {
        this.first = first;
        this.timekeeper = timekeeper;
    }

    long next() throws InterruptedException {
        long next = last.isPresent() ? last.getAsLong() + 1 : beginning();
        if (first.isEmpty() && next > timekeeper.now().toEpochMilli()) {
            // At a thousand frames a second, a frame takes its millisecond. No loop: the clock may
            // have been set back.
            timekeeper.sleep(MILLISECOND);
        }
        last = OptionalLong.of(next);
        return next;
    }

    private long beginning() {
        return first.orElseGet(() -> timekeeper.now().toEpochMilli());
    }
}
