package dev.watchword.engine;

/** The device had no memory for a piece of work, also after all was dropped that is only kept. */
public final class DeviceMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * @param what the work, as in "a question"
     * @param cause what the device said
     */
    public DeviceMemoryException(String what, Throwable cause) {
        super(
                ("The device has not enough memory for %s: lower engine.prefix-memory,"
                                + " engine.keyframe-memory, engine.recent-frame-memory, engine.answers-at-once or"
                                + " engine.batch-frames, or ask about fewer frames.")
                        .formatted(what),
                cause);
    }
}
