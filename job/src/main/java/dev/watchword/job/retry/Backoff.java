package dev.watchword.job.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after a failed attempt: {@code first}, then twice as long after each further
 * one, never longer than {@code longest}, and shortened by a random part of at most {@code jitter},
 * so that many that failed together do not all come back together.
 *
 * @param first the wait after the first failed attempt; more than zero
 * @param longest the longest wait; not less than {@code first}
 * @param jitter the largest part that chance takes off a wait, from 0 (none) to 1
 */
public record Backoff(Duration first, Duration longest, double jitter) {

    public Backoff {
        if (first.isNegative() || first.isZero()) {
            throw new IllegalArgumentException("The first wait must be more than zero: " + first);
        }
        if (longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "The longest wait, " + longest + ", is less than the first, " + first);
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("The jitter must be from 0 to 1: " + jitter);
        }
    }

    /** The wait after the given failed attempt; the first attempt is 1. */
    public Duration afterAttempt(int attempt, RandomGenerator random) {
        if (attempt < 1) {
            throw new IllegalArgumentException("Attempts count from 1: " + attempt);
        }
        double doubled = first.toNanos() * Math.pow(2, attempt - 1.0);
        double bounded = Math.min(doubled, longest.toNanos());
        return Duration.ofNanos((long) (bounded * (1 - jitter * random.nextDouble())));
    }

    /** A wait as a person reads it: {@code 2 s}, {@code 0.5 s}. */
    public static String inWords(Duration wait) {
        long tenths = Math.max(1, Math.round(wait.toMillis() / 100.0));
        return tenths % 10 == 0 ? tenths / 10 + " s" : tenths / 10 + "." + tenths % 10 + " s";
    }
}
