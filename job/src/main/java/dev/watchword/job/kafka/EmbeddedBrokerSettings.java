package dev.watchword.job.kafka;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a broker inside this process is set up.
 *
 * @param port where it listens on the loopback address; empty: any free one
 * @param directory where it keeps its records from one start to the next; empty: a temporary one
 * @param maxMessageBytes the largest record that it takes; at least 1024
 * @param faultEndsProcess whether a fatal fault of the broker that has started ends this process,
 *     as it does where Kafka runs by itself
 */
public record EmbeddedBrokerSettings(
        OptionalInt port, Optional<Path> directory, int maxMessageBytes, boolean faultEndsProcess) {

    public static final int DEFAULT_MAX_MESSAGE_BYTES = 8 << 20;

    public EmbeddedBrokerSettings {
        if (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > 65535)) {
            throw new IllegalArgumentException(
                    "A port is a number from 1 to 65535, not " + port.getAsInt() + ".");
        }
        if (maxMessageBytes < 1024) {
            throw new IllegalArgumentException(
                    "The largest message must have at least 1024 bytes, not "
                            + maxMessageBytes
                            + ".");
        }
    }

    /**
     * Any free port, a temporary directory, messages of at most 8 MiB; no fault ends the process.
     */
    public static EmbeddedBrokerSettings defaults() {
        return new EmbeddedBrokerSettings(
                OptionalInt.empty(), Optional.empty(), DEFAULT_MAX_MESSAGE_BYTES, false);
    }

    public EmbeddedBrokerSettings withPort(int newPort) {
        return new EmbeddedBrokerSettings(
                OptionalInt.of(newPort), directory, maxMessageBytes, faultEndsProcess);
    }

    public EmbeddedBrokerSettings withDirectory(Path newDirectory) {
        return new EmbeddedBrokerSettings(
                port, Optional.of(newDirectory), maxMessageBytes, faultEndsProcess);
    }

    public EmbeddedBrokerSettings withMaxMessageBytes(int newMaxMessageBytes) {
        return new EmbeddedBrokerSettings(port, directory, newMaxMessageBytes, faultEndsProcess);
    }

    public EmbeddedBrokerSettings withFaultEndingProcess() {
        return new EmbeddedBrokerSettings(port, directory, maxMessageBytes, true);
    }
}
