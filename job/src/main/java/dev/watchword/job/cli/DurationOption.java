package dev.watchword.job.cli;

import dev.watchword.job.settings.Durations;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a flag's duration as the settings write it, and a number alone as seconds. */
final class DurationOption implements ITypeConverter<Duration> {
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    /** What is wrong with a time for which somebody is to wait; empty if nothing is. */
    static Optional<String> problemOfWait(String flag, Duration time) {
        return time.isZero() || time.compareTo(LONGEST_WAIT) > 0
                ? Optional.of(flag + " must be longer than 0 and at most 1 d")
                : Optional.empty();
    }

    @Override
    public Duration convert(String text) {
        try {
            return Durations.parse(text.matches("\\d+") ? text + " s" : text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(
                    "'%s' must be a number of seconds, or %s".formatted(text, Durations.ALLOWED));
        }
    }
}
