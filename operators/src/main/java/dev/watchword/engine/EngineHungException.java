package dev.watchword.engine;

import java.time.Duration;

/**
 * A piece of work did not come back from the device: nothing that the engine has is finished, and
 * nothing more is taken. The thread that hangs in it cannot be freed, so the process must end. The
 * stack trace tells where the thread hangs.
 */
public final class EngineHungException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * @param what the work, as in "encoding 16 frames"
     * @param limit so long it has taken, or longer
     * @param at where it hangs
     */
    public EngineHungException(String what, Duration limit, StackTraceElement[] at) {
        super(
                ("The engine has been %s for longer than engine.hung-after allows (%s s), so it counts"
                                + " as hung: the device or its driver does not answer. This process"
                                + " cannot free it and has to end; the job goes on in another."
                                + " If the device is only slow, raise engine.hung-after; if it happens"
                                + " again, look after the device and its driver.")
                        .formatted(what, seconds(limit)));
        setStackTrace(at);
    }

    private static String seconds(Duration limit) {
        double seconds = limit.toMillis() / 1000.0;
        return seconds == Math.rint(seconds)
                ? String.valueOf((long) seconds)
                : String.valueOf(seconds);
    }
}
