package dev.watchword.job.kafka;

/** A broker that does not answer, or is not set up as it must be. The message is for people. */
public final class BrokerException extends RuntimeException {

    public BrokerException(String message) {
        super(message);
    }

    public BrokerException(String message, Throwable cause) {
        super(message, cause);
    }
}
