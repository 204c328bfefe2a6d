package dev.watchword.job.cli;

/** A command could not do what it was asked to. The message is all that the person is shown. */
public final class CommandFailedException extends RuntimeException {
    public CommandFailedException(String message) {
        super(message);
    }

    public CommandFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
