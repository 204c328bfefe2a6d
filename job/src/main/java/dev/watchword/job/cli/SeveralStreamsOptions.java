package dev.watchword.job.cli;

import dev.watchword.schemas.StreamPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flags that name several streams. */
class SeveralStreamsOptions {
    static final String HEADING = "%nSeveral streams:%n";

    @Option(
            names = "--streams",
            paramLabel = "S",
            split = ",",
            description =
                    "These streams: names, or patterns in quotation marks such as 'yard-*', where * stands for any characters; with commas, or given again. Each stream answers for itself, and its answer stands behind its name.")
    private List<String> streams = new ArrayList<>();

    @Option(
            names = "--combine",
            description = "One answer from all these streams together, not one from each.")
    private boolean combine;

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

    /**
     * What is wrong with the flags; empty if nothing is.
     *
     * @param stream of {@code --stream}; empty if it is not given
     */
    Optional<String> problem(String stream) {
        if (stream.isEmpty() && streams.isEmpty()) {
            return Optional.of("name the stream with --stream, or several with --streams");
        }
        return streams.stream().flatMap(each -> StreamPattern.problem(each).stream()).findFirst();
    }
}
