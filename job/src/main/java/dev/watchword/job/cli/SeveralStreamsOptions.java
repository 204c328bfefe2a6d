package dev.watchword.job.cli;

import dev.watchword.schemas.StreamPattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flags of a question about several streams. */
final class SeveralStreamsOptions {
    static final String HEADING = "%nSeveral streams:%n";

    @Option(
            names = "--streams",
            paramLabel = "S",
            split = ",",
            description =
                    "Ask these streams: names, or patterns in quotation marks such as 'yard-*', where * stands for any characters; with commas, or given again. Each stream answers for itself, and its answer stands behind its name.")
    private List<String> streams = new ArrayList<>();

    @Option(
            names = "--combine",
            description = "One answer from all these streams together, not one from each.")
    private boolean combine;

    @Option(
            names = "--quiet",
            paramLabel = "TIME",
            converter = DurationOption.class,
            description =
                    "How many streams a pattern means is known to the job alone. So with one: end when after an answer no other has come for this long: 5 s if not given.")
    private Duration quiet = Duration.ofSeconds(5);

    /** The names and patterns. */
    List<String> streams() {
        return List.copyOf(streams);
    }

    /** Whether one answer from all of them together is wanted. */
    boolean combine() {
        return combine;
    }

    /** Whether an answer from each of them is wanted. */
    boolean areSeparate() {
        return !streams.isEmpty() && !combine;
    }

    /** After so long without an answer no other is awaited from a pattern. */
    Duration quiet() {
        return quiet;
    }

    /**
     * What is wrong with the flags; empty if nothing is.
     *
     * @param stream of {@code --stream}; empty if it is not given
     * @param standing whether the question is to stand
     */
    Optional<String> problem(String stream, boolean standing) {
        if (stream.isEmpty() && streams.isEmpty()) {
            return Optional.of(
                    "name the stream that is asked about with --stream, or several with --streams");
        }
        if (standing && (combine || !streams.isEmpty())) {
            return Optional.of(
                    "--standing is about one stream, which --stream names: leave out --streams and --combine");
        }
        if (quiet.isZero() || quiet.compareTo(Duration.ofDays(1)) > 0) {
            return Optional.of("--quiet must be longer than 0 and at most 1 d");
        }
        return streams.stream().flatMap(each -> StreamPattern.problem(each).stream()).findFirst();
    }
}
