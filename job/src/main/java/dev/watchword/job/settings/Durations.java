package dev.watchword.job.settings;

import java.time.Duration;
import org.apache.flink.util.TimeUtils;

/** Reads durations as the settings write them. */
public final class Durations {
    /** What the text must be, to follow the words "it must be". */
    public static final String ALLOWED =
            "a number with a unit of time, such as 500 ms, 10 s, 5 min, 2 h or 1 d";

    private Durations() {}

    /** A duration that is not negative, as a person would write it. */
    public static String text(Duration duration) {
        return TimeUtils.formatWithHighestUnit(duration);
    }

    /**
     * Reads a number with a unit. Of numbers without one only 0 is taken: Flink's reader takes
     * them for milliseconds, which nobody would guess.
     *
     * @throws IllegalArgumentException when the text is no such thing
     */
    public static Duration parse(String text) {
        if (text.strip().matches("\\d*[1-9]\\d*")) {
            throw new IllegalArgumentException(text + " has no unit");
        }
        try {
            return TimeUtils.parseDuration(text);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(text + " is too long", e);
        }
    }
}
