package dev.watchword.job.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The flags of commands that put the whole job under a load. */
final class LoadOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--streams",
            paramLabel = "S",
            defaultValue = "4",
            description = "How many streams: ${DEFAULT-VALUE}.")
    private int streams;

    @Option(
            names = "--fps",
            paramLabel = "F",
            defaultValue = "1",
            description = "Frames a second of each stream: ${DEFAULT-VALUE}.")
    private double framesPerSecond;

    @Option(
            names = "--questions",
            paramLabel = "Q",
            defaultValue = "1",
            description = "Questions a second, of all streams together: ${DEFAULT-VALUE}.")
    private double questionsPerSecond;

    int streams() {
        return streams;
    }

    double framesPerSecond() {
        return framesPerSecond;
    }

    double questionsPerSecond() {
        return questionsPerSecond;
    }

    /** Refuses what cannot be done. */
    void requireSense() {
        BenchOptions.requireAtLeast(1, command.commandLine(), "--streams", List.of(streams));
        BenchOptions.requireAboveZero(command.commandLine(), "--fps", framesPerSecond);
        BenchOptions.requireAboveZero(command.commandLine(), "--questions", questionsPerSecond);
    }
}
