package dev.watchword.job.cli;

import dev.watchword.schemas.StreamPattern;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The flags of a request to the job about one stream, or those that a pattern means. */
final class StreamOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--stream",
            required = true,
            paramLabel = "S",
            description =
                    "The stream: the camera's name; or a pattern, in which * stands for any characters.")
    private String stream;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "1 min",
            converter = DurationOption.class,
            description = "How long to wait for the job: ${DEFAULT-VALUE} if not given.")
    private Duration timeout;

    /**
     * The stream, or a pattern of several.
     *
     * @throws ParameterException when it is neither
     */
    String streamOrPattern() {
        StreamPattern.problem(stream).ifPresent(this::refuse);
        return stream;
    }

    /**
     * How long to wait for the job.
     *
     * @throws ParameterException when that is no time or too long
     */
    Duration timeout() {
        if (timeout.isZero() || timeout.compareTo(Duration.ofDays(1)) > 0) {
            refuse("--timeout must be longer than 0 and at most 1 d");
        }
        return timeout;
    }

    private void refuse(String problem) {
        throw new ParameterException(command.commandLine(), problem);
    }
}
