package dev.watchword.job.bench.serve;

import dev.watchword.schemas.Status;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What comes of one part of an {@link OverloadPlan}. For one thread. */
public final class OverloadPhase {
    private final String name;
    private final double load;
    private final Map<Status, Long> answers = new EnumMap<>(Status.class);
    private final List<Double> latencies = new ArrayList<>();
    private double seconds;
    private long frames;
    private long asked;
    private long mostPictures;
    private long mostQuestions;
    private long mostOpen;
    private OptionalDouble residentMebibytes = OptionalDouble.empty();

    /**
     * @param load how many times what the job can do is offered
     */
    public OverloadPhase(String name, double load) {
        this.name = name;
        this.load = load;
    }

    public String name() {
        return name;
    }

    public double load() {
        return load;
    }

    /** A frame was sent. */
    public void sent() {
        frames++;
    }

    /** A question was asked. */
    public void asked() {
        asked++;
    }

    /**
     * A question of this phase was answered.
     *
     * @param latencyMillis from when it was asked
     */
    public void answered(Status status, double latencyMillis) {
        answers.merge(status, 1L, Long::sum);
        if (status == Status.OK || status == Status.TRUNCATED) {
            latencies.add(latencyMillis);
        }
    }

    /**
     * What waits at a moment.
     *
     * @param pictures for the device
     * @param questions with the engine
     * @param open questions that were asked and have no answer
     */
    public void looked(long pictures, long questions, long open) {
        mostPictures = Math.max(mostPictures, pictures);
        mostQuestions = Math.max(mostQuestions, questions);
        mostOpen = Math.max(mostOpen, open);
    }

    /** It ends. */
    public void ended(double afterSeconds, OptionalDouble resident) {
        seconds = afterSeconds;
        residentMebibytes = resident;
    }

    /** How many of its questions have no answer. */
    public long unanswered() {
        return asked - answers.values().stream().mapToLong(Long::longValue).sum();
    }

    double seconds() {
        return seconds;
    }

    long frames() {
        return frames;
    }

    long questions() {
        return asked;
    }

    /** How many were answered with text. */
    public long answered() {
        return latencies.size();
    }

    long with(Status status) {
        return answers.getOrDefault(status, 0L);
    }

    double[] latencies() {
        return latencies.stream().mapToDouble(Double::doubleValue).toArray();
    }

    long mostPictures() {
        return mostPictures;
    }

    long mostQuestions() {
        return mostQuestions;
    }

    long mostOpen() {
        return mostOpen;
    }

    OptionalDouble residentMebibytes() {
        return residentMebibytes;
    }
}
