package dev.watchword.model.picture;

/** A picture that cannot be used, however often it is tried. The message says why and what to do. */
public final class UndecodablePictureException extends Exception {
    public UndecodablePictureException(String message) {
        super(message);
    }

    public UndecodablePictureException(String message, Throwable cause) {
        super(message, cause);
    }
}
