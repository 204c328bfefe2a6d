package dev.watchword.job.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a flag's date and time; without an offset they are this machine's. */
final class MomentOption implements ITypeConverter<Instant> {
    static final String ALLOWED = "a date and time, such as 2026-03-01T14:30 or 2026-03-01T13:30Z";

    private final ZoneId zone;

    MomentOption() {
        this(ZoneId.systemDefault());
    }

    MomentOption(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public Instant convert(String text) {
        try {
            TemporalAccessor moment =
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(
                            text, ZonedDateTime::from, LocalDateTime::from);
            return moment instanceof LocalDateTime local
                    ? local.atZone(zone).toInstant()
                    : Instant.from(moment);
        } catch (DateTimeException e) {
            throw new TypeConversionException("'%s' must be %s".formatted(text, ALLOWED));
        }
    }
}
