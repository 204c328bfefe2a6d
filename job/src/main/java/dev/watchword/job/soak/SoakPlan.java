package dev.watchword.job.soak;

import java.time.Duration;
import java.util.List;

/**
 * What is done to the cluster.
 *
 * @param streams how many streams, at least 1
 * @param framesPerSecond of each stream, above 0
 * @param questionsPerSecond of all streams together, above 0
 * @param time how long frames and questions come
 * @param taskManagers how many; the job takes all but one, which stands by, and at least two
 * @param betweenFaults how long it is from one fault to the next, on average; zero: there are none
 * @param seed from which everything that is left to chance follows
 */
public record SoakPlan(
        int streams,
        double framesPerSecond,
        double questionsPerSecond,
        Duration time,
        int taskManagers,
        Duration betweenFaults,
        long seed) {
    /** A standing question is evaluated at every so many frames. */
    static final int STANDING_EVERY = 10;

    private static final long SEQUENCES_OF_A_STREAM = 1_000_000_000L;

    public SoakPlan {
        if (streams < 1 || taskManagers < 2 || !(framesPerSecond > 0 && questionsPerSecond > 0)) {
            throw new IllegalArgumentException("Nothing would be done by this plan.");
        }
    }

    /** The job's parallelism. */
    int parallelism() {
        return taskManagers - 1;
    }

    /** What befalls the cluster. */
    List<Fault> faults() {
        return betweenFaults.isZero() ? List.of() : FaultSchedule.of(seed, time, betweenFaults);
    }

    String stream(int number) {
        return "soak-%03d".formatted(number);
    }

    /** Streams share no sequence, so that a frame in the wrong history is told from all others. */
    long sequence(int stream, long frame) {
        return (stream + 1) * SEQUENCES_OF_A_STREAM + frame;
    }
}
