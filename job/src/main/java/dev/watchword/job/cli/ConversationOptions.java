package dev.watchword.job.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Option;

/** When a question is asked as of, what it follows, and whether its answer is shown as it grows. */
final class ConversationOptions {
    /** So much longer than the job a person waits: to hear from the job why there is no answer. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    @Option(
            names = "--as-of",
            paramLabel = "TIME",
            converter = MomentOption.class,
            description =
                    "Ask as of this moment: about frames captured until then. If it is to come, the question waits for it, as long as --timeout says.")
    private Optional<Instant> asOf = Optional.empty();

    @Option(
            names = "--follow-up",
            paramLabel = "ID",
            description =
                    "Ask on: the question with this query_id and its answer stand in front of this one. --json shows an answer's query_id.")
    private Optional<String> followUp = Optional.empty();

    @Option(
            names = "--partial",
            description =
                    "Show the answer while it is written: on a terminal in one line that grows, elsewhere as a line for each part.")
    private boolean partial;

    /** What is wrong with the options of a standing question; empty if nothing is. */
    Optional<String> problemOfStanding() {
        String given =
                asOf.isPresent() ? "--as-of" : followUp.isPresent() ? "--follow-up" : "--partial";
        return asOf.isPresent() || followUp.isPresent() || partial
                ? Optional.of(given + " is of a question that is asked once; leave out --standing")
                : Optional.empty();
    }

    /** The moment as of which is asked. */
    Optional<Instant> asOf() {
        return asOf;
    }

    /** The query_id of the question that this one follows. */
    Optional<String> followUp() {
        return followUp;
    }

    /** Whether the answer is shown as it grows. */
    boolean isPartial() {
        return partial;
    }

    /** How long to wait for the answer. */
    Duration patience(Duration timeout) {
        return asOf.isPresent() ? timeout.plus(MARGIN) : timeout;
    }
}
