package dev.watchword.job.bench.serve;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * A load that does not wait for the job: frames and questions come when they are due.
 *
 * @param streams how many streams, at least 1
 * @param framesPerSecond of each stream, above 0
 * @param questionsPerSecond of all streams together, above 0
 * @param warmUp how long the load goes on before anything counts
 * @param time for how long it counts
 * @param seed from which pictures and the moments of questions follow
 */
public record ServePlan(
        int streams,
        double framesPerSecond,
        double questionsPerSecond,
        Duration warmUp,
        Duration time,
        long seed) {

    /** How many frames come, of all streams, from the beginning of the warm-up on. */
    public long frames() {
        return (long) (seconds() * streams * framesPerSecond);
    }

    /** How many questions come. */
    public long questions() {
        return (long) (seconds() * questionsPerSecond);
    }

    private double seconds() {
        return (warmUp.toNanos() + time.toNanos()) / 1e9;
    }

    /** When a frame is due, in nanoseconds from the beginning; the streams take turns. */
    public long frameDue(long frame) {
        return (long) (1e9 * frame / (streams * framesPerSecond));
    }

    /**
     * When a question is due, in nanoseconds from the beginning: each has an equal part of the time
     * to itself, and is asked at some moment in it, so that questions fall in no step with frames.
     */
    public long questionDue(long question) {
        double within = new SplittableRandom(seed + question).nextDouble();
        return (long) (1e9 * (question + within) / questionsPerSecond);
    }

    /** Whether what is due at a moment counts. */
    public boolean counts(long dueNanos) {
        return dueNanos >= warmUp.toNanos();
    }

    /** The stream of a frame, or of a question. */
    public int stream(long number) {
        return (int) (number % streams);
    }

    /** The name of a stream. */
    public static String name(int stream) {
        return "camera-%04d".formatted(stream);
    }
}
