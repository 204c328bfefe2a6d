package dev.watchword.job.settings;

import java.time.Duration;
import java.util.regex.Pattern;

/** What the compact constructors of the settings require; each throws when it does not hold. */
final class Check {
    private Check() {}

    static void between(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw new InvalidValueException(
                    key,
                    Long.toString(value),
                    most == Long.MAX_VALUE || most == Integer.MAX_VALUE
                            ? "be at least " + least
                            : "be from %d to %d".formatted(least, most));
        }
    }

    static void positive(String key, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new InvalidValueException(key, SettingText.of(value), "be longer than 0");
        }
    }

    static void notNegative(String key, Duration value) {
        if (value.isNegative()) {
            throw new InvalidValueException(key, SettingText.of(value), "not be negative");
        }
    }

    static void between(String key, DataSize value, DataSize least, DataSize most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new InvalidValueException(
                    key, value.toString(), "be from %s to %s".formatted(least, most));
        }
    }

    static void matches(String key, String value, Pattern pattern, String allowed) {
        if (!pattern.matcher(value).matches()) {
            throw new InvalidValueException(key, value, allowed);
        }
    }

    static void that(boolean holds, String key, Object value, String allowed) {
        if (!holds) {
            throw new InvalidValueException(key, SettingText.of(value), allowed);
        }
    }
}
