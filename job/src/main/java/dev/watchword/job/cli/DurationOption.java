package dev.watchword.job.cli;

import dev.watchword.job.settings.Durations;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a flag's duration as the settings write it, and a number alone as seconds. */
final class DurationOption implements ITypeConverter<Duration> {
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
