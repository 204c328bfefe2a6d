package dev.watchword.memory;

import java.io.Serializable;
import java.time.Duration;

/**
 * How much of a stream is remembered. The oldest frames go first, a few at a time: up to a 64th
 * more than the limit may be there.
 *
 * @param frames at least so many of the newest frames
 * @param age and of them only those captured this long before the newest; zero sets no limit
 */
public record Retention(long frames, Duration age) implements Serializable {
    public Retention {
        if (frames < 1 || age.isNegative()) {
            throw new IllegalArgumentException(
                    "A stream remembers at least one frame, and an age is not negative: "
                            + frames
                            + ", "
                            + age);
        }
    }

    /** How many frames are dropped together. */
    long slack() {
        return Math.max(1, frames / 64);
    }

    boolean limitsAge() {
        return !age.isZero();
    }
}
