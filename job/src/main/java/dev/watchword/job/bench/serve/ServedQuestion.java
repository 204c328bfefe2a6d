package dev.watchword.job.bench.serve;

import java.util.Optional;

/**
 * A question that was answered.
 *
 * @param latencyMillis from when it was due until its answer was there to read
 * @param work what the engine had to do with it; empty if it did not answer
 * @param framesBehind how many frames of the stream had been sent before it and were not among those
 *     that it was answered from
 */
public record ServedQuestion(double latencyMillis, Optional<Work> work, long framesBehind) {
    /**
     * Parts of the latency, by the answer's own timings.
     *
     * @param waitingMillis from when the job took the question until the engine began with it
     * @param workingMillis from then until the whole answer; the engine does other things in between
     */
    public record Work(double waitingMillis, double workingMillis) {}
}
