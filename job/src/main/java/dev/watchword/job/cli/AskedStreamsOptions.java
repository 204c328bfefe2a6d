package dev.watchword.job.cli;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flags of a question about several streams. */
final class AskedStreamsOptions extends SeveralStreamsOptions {
    @Option(
            names = "--quiet",
            paramLabel = "TIME",
            converter = DurationOption.class,
            description =
                    "How many streams a pattern means is known to the job alone. So with one: end when after an answer no other has come for this long: 5 s if not given.")
    private Duration quiet = Duration.ofSeconds(5);

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
        if (standing && (combine() || !streams().isEmpty())) {
            return Optional.of(
                    "--standing is about one stream, which --stream names: leave out --streams and --combine");
        }
        return DurationOption.problemOfWait("--quiet", quiet).or(() -> problem(stream));
    }
}
