package dev.watchword.job.cli;

import dev.watchword.job.settings.Durations;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how far back a question looks: a number alone is one of frames, a number with a unit a time. */
final class LastOption implements ITypeConverter<LastOption.Last> {
    /** One of the two. */
    record Last(Optional<Long> frames, Optional<Duration> time) {}

    @Override
    public Last convert(String text) {
        try {
            return text.matches("\\d+")
                    ? new Last(Optional.of(Long.valueOf(text)), Optional.empty())
                    : new Last(Optional.empty(), Optional.of(Durations.parse(text)));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(
                    "'%s' must be a number of frames, or %s".formatted(text, Durations.ALLOWED));
        }
    }
}
