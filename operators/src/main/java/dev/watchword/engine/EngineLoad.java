package dev.watchword.engine;

import java.time.Duration;

/**
 * How busy an engine is at a moment, and what it has done since it started. All that share the
 * engine see the same.
 *
 * @param picturesWaiting pictures that are ready for the device and wait for their batch
 * @param questionsWaiting questions without a place: work on them has not begun, or was set aside for
 *     one of a higher priority
 * @param answersActive questions that are being worked on
 * @param batches batches of frames that were encoded
 * @param framesEncoded frames in these batches; divided by them, the mean size of a batch
 * @param decodeSteps passes in which answers got one token each
 * @param tokensDecoded tokens that these passes gave; divided by them, the mean of answers at once
 * @param prefixes what is kept of histories
 * @param keyframes what is kept of pre-fusion
 * @param busy how long the device's thread has been at its present piece of work; zero: at none
 */
public record EngineLoad(
        int picturesWaiting,
        int questionsWaiting,
        int answersActive,
        long batches,
        long framesEncoded,
        long decodeSteps,
        long tokensDecoded,
        Prefixes prefixes,
        Keyframes keyframes,
        Duration busy) {

    /**
     * What is kept of histories for later questions.
     *
     * @param kept how many histories
     * @param bytes of the device's memory that they took when the device's thread last looked
     * @param hits recalls of a history that was kept
     * @param misses recalls of one that was not, or not so far
     * @param evictions histories that were dropped because memory was short
     */
    public record Prefixes(int kept, long bytes, long hits, long misses, long evictions) {}

    /**
     * What is kept of pre-fusion.
     *
     * @param bytes of the device's memory that keyframes take that questions were fused with
     * @param recentBytes of the device's memory that the frames take that were encoded last
     * @param encoded keyframes of questions that were in neither and were encoded again
     */
    public record Keyframes(long bytes, long recentBytes, long encoded) {}
}
