package dev.watchword.job.camera;

import dev.watchword.job.retry.Backoff;
import java.time.Duration;

/** Something about a camera or its way to Kafka that an operator wants to know when it happens. */
public sealed interface CameraReport {

    /** A sentence or two for people. */
    String message();

    /**
     * The source is open.
     *
     * @param source without a password
     * @param description its codec and size
     */
    record Opened(String source, String description) implements CameraReport {
        @Override
        public String message() {
            return "Pictures from %s (%s).".formatted(source, description);
        }
    }

    /**
     * The source gives no pictures, and is tried again after a wait.
     *
     * @param source without a password
     * @param attempt how many have failed in a row
     * @param reason what went wrong
     * @param pause until the next attempt
     */
    record Retrying(String source, int attempt, String reason, Duration pause)
            implements CameraReport {
        @Override
        public String message() {
            return "No pictures from %s (attempt %d): %s. Trying again in %s."
                    .formatted(source, attempt, reason, Backoff.inWords(pause));
        }
    }

    /**
     * A picture was left out.
     *
     * @param reason which one, and why
     */
    record Skipped(String reason) implements CameraReport {
        @Override
        public String message() {
            return "Left out a picture: " + reason + ".";
        }
    }

    /**
     * Kafka has taken no frame for a while. Said once at the beginning and then now and then.
     *
     * @param waitingFrames how many wait in memory
     * @param droppedFrames how many older ones have been dropped since the camera began
     * @param reason what Kafka's client says
     */
    record BrokerAway(int waitingFrames, long droppedFrames, String reason)
            implements CameraReport {
        @Override
        public String message() {
            return "Kafka takes no frames (%s): %d wait in memory, %d were dropped."
                    .formatted(reason, waitingFrames, droppedFrames);
        }
    }

    /**
     * Kafka takes frames again.
     *
     * @param droppedFrames how many have been dropped since the camera began
     */
    record BrokerBack(long droppedFrames) implements CameraReport {
        @Override
        public String message() {
            return "Kafka takes frames again; %d were dropped.".formatted(droppedFrames);
        }
    }
}
