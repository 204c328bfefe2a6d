package dev.watchword.job.bench.serve;

import java.time.Duration;

/**
 * A load that is light, then twice what the job can do, then light again.
 *
 * @param streams how many streams, at least 1
 * @param time how long there is too much
 * @param light how long the load is light, before and after
 * @param deadline how long after it is asked every second question is of use
 * @param seed from which the pictures follow
 */
public record OverloadPlan(
        int streams, Duration time, Duration light, Duration deadline, long seed) {
    /** How many times what the job can do is offered while there is too much. */
    public static final double TOO_MUCH = 2;

    /** And while there is little. */
    public static final double LITTLE = 0.1;
}
