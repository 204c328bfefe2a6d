package dev.watchword.job.camera;

import java.time.Duration;

/**
 * How frames are handed to Kafka.
 *
 * @param topic of the frames
 * @param maxMessageBytes the largest record; larger pictures are encoded anew or left out
 * @param mostWaitingBytes how much of each camera is kept while Kafka takes nothing
 * @param drain how long a publisher that is interrupted waits for what is under way
 */
public record PublisherSettings(
        String topic, int maxMessageBytes, long mostWaitingBytes, Duration drain) {

    /** Room in a record for all but the picture: the frame's other fields, and Kafka's own. */
    static final int EXTRA_BYTES = 2048;

    public PublisherSettings {
        if (maxMessageBytes <= EXTRA_BYTES) {
            throw new IllegalArgumentException(
                    "The largest message must have more than %d bytes, not %d."
                            .formatted(EXTRA_BYTES, maxMessageBytes));
        }
        if (mostWaitingBytes < 1) {
            throw new IllegalArgumentException(
                    "At least one byte must be allowed to wait, not " + mostWaitingBytes + ".");
        }
    }

    /** Keeps 32 MiB of each camera, and waits 5 s when it is interrupted. */
    public static PublisherSettings of(String topic, int maxMessageBytes) {
        return new PublisherSettings(topic, maxMessageBytes, 32 << 20, Duration.ofSeconds(5));
    }

    /** The largest picture that fits into a record. */
    int mostPictureBytes() {
        return maxMessageBytes - EXTRA_BYTES;
    }
}
