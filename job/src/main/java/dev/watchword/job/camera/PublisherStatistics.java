package dev.watchword.job.camera;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a camera's publisher has done so far.
 *
 * @param captured pictures that the camera gave
 * @param published frames that Kafka has acknowledged
 * @param publishedBytes their pictures and what goes with them
 * @param pending frames that Kafka has not acknowledged yet
 * @param dropped frames that made room for younger ones while Kafka took none
 * @param skipped pictures too large for a record, or frames that Kafka refused
 * @param lastSequence of the frame published last
 * @param lastError what went wrong last, if anything did
 */
public record PublisherStatistics(
        long captured,
        long published,
        long publishedBytes,
        int pending,
        long dropped,
        long skipped,
        OptionalLong lastSequence,
        Optional<String> lastError) {}
