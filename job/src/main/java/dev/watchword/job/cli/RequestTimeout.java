package dev.watchword.job.cli;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The flag of a request to the job that says how long to wait for it. */
final class RequestTimeout {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "1 min",
            converter = DurationOption.class,
            description = "How long to wait for the job: ${DEFAULT-VALUE} if not given.")
    private Duration timeout;

    /**
     * How long to wait for the job.
     *
     * @throws ParameterException when that is no time or too long
     */
    Duration get() {
        Optional<String> problem = DurationOption.problemOfWait("--timeout", timeout);
        if (problem.isPresent()) {
            throw new ParameterException(command.commandLine(), problem.get());
        }
        return timeout;
    }
}
