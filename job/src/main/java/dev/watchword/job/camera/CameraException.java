package dev.watchword.job.camera;

/** A camera, or what was said about one, that gives no pictures. The message is for people. */
public final class CameraException extends Exception {

    private final boolean permanent;

    private CameraException(String message, boolean permanent) {
        super(message);
        this.permanent = permanent;
    }

    /** A failure that may pass: a cable, a camera that starts again. */
    public static CameraException passing(String message) {
        return new CameraException(message, false);
    }

    /** A failure that stays until a person changes something. */
    public static CameraException permanent(String message) {
        return new CameraException(message, true);
    }

    /** Whether trying again is of no use. */
    public boolean isPermanent() {
        return permanent;
    }
}
