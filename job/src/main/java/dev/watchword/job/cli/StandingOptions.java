package dev.watchword.job.cli;

import dev.watchword.schemas.Report;
import dev.watchword.schemas.Standing;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flags that let a question stand. */
final class StandingOptions {
    static final String HEADING = "%nQuestions that stand:%n";

    @Option(
            names = "--standing",
            description =
                    "Ask again and again, and print the answers as they come, until Ctrl-C or --timeout. The question stands then until it is cancelled: 'watchword queries'.")
    private boolean standing;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            converter = DurationOption.class,
            description = "How often, by the times at which the frames were captured.")
    private Optional<Duration> every = Optional.empty();

    @Option(names = "--every-frames", paramLabel = "N", description = "Or: at every Nth frame.")
    private Optional<Long> everyFrames = Optional.empty();

    @Option(
            names = "--on",
            paramLabel = "change|flip|always",
            description =
                    "Which answers are sent. change: those that differ from the last one sent by more than case, white space and punctuation; this is so if not given. flip: those that say the opposite: yes or now, no or not yet. always: all.")
    private Optional<On> on = Optional.empty();

    @Option(
            names = "--cooldown",
            paramLabel = "TIME",
            converter = DurationOption.class,
            description = "For so long after an answer was sent no other is.")
    private Optional<Duration> cooldown = Optional.empty();

    /** Which answers are sent. */
    enum On {
        CHANGE,
        FLIP,
        ALWAYS
    }

    /** What is wrong with the flags; empty if nothing is. */
    Optional<String> problem() {
        boolean hasTerms =
                every.isPresent()
                        || everyFrames.isPresent()
                        || on.isPresent()
                        || cooldown.isPresent();
        if (!standing) {
            return hasTerms
                    ? Optional.of("--every, --every-frames, --on and --cooldown need --standing")
                    : Optional.empty();
        }
        if (every.isPresent() == everyFrames.isPresent()) {
            return Optional.of("--standing needs either --every or --every-frames");
        }
        if (every.filter(time -> time.toMillis() < 1).isPresent()) {
            return Optional.of("--every must be at least 1 ms");
        }
        if (everyFrames.filter(frames -> frames < 1).isPresent()) {
            return Optional.of("--every-frames must be at least 1");
        }
        return Optional.empty();
    }

    /** How the question stands; empty if it is asked once. */
    Optional<Standing> terms() {
        if (!standing) {
            return Optional.empty();
        }
        return Optional.of(
                Standing.newBuilder()
                        .setEveryFrames(everyFrames.orElse(null))
                        .setEveryMs(every.map(Duration::toMillis).orElse(null))
                        .setReport(Report.valueOf(reportName()))
                        .setCooldownMs(cooldown.orElse(Duration.ZERO).toMillis())
                        .build());
    }

    private String reportName() {
        return switch (on.orElse(On.CHANGE)) {
            case CHANGE -> "ON_CHANGE";
            case FLIP -> "ON_FLIP";
            case ALWAYS -> "EVERY";
        };
    }
}
