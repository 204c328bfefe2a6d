package dev.watchword.job.settings;

import java.time.Duration;
import java.util.Locale;
import org.apache.flink.util.TimeUtils;

/** How values of settings, and the choices among them, are written. */
final class SettingText {
    private SettingText() {}

    /** The value as a person would write it. */
    static String of(Object value) {
        if (value instanceof Duration duration) {
            return duration.isNegative()
                    ? "-" + of(duration.negated())
                    : TimeUtils.formatWithHighestUnit(duration);
        }
        return value instanceof Enum<?> choice ? ofChoice(choice) : value.toString();
    }

    static String ofChoice(Enum<?> choice) {
        return choice instanceof Named named ? named.text() : kebab(choice.name());
    }

    /** {@code batchFrames} and {@code BATCH_FRAMES} become {@code batch-frames}. */
    static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .replace('_', '-')
                .toLowerCase(Locale.ROOT);
    }
}
