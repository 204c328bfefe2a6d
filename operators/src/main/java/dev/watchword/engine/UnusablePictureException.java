package dev.watchword.engine;

/** A picture that cannot be encoded, and will not be by trying again. The message says why. */
public final class UnusablePictureException extends Exception {
    public UnusablePictureException(String message, Throwable cause) {
        super(message, cause);
    }

    public UnusablePictureException(String message) {
        super(message);
    }
}
