package dev.watchword.job.cli;

import dev.watchword.job.bench.EncodeBenchmark;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Frames to vision tokens. */
@Command(
        name = "encode",
        description =
                "Measures how many frames a second become vision tokens, by batch size and by number of streams.",
        footer = {
            "",
            "Without --model and --size it measures the bundled model.",
            "",
            "Example:",
            "  watchword bench encode --size clip-l --precision bfloat16 --batches 1,8"
        })
final class BenchEncodeCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private BenchOptions options;

    @Option(
            names = "--batches",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,2,4,8,16",
            description = "How many frames are encoded at once: ${DEFAULT-VALUE}.")
    private List<Integer> batches;

    @Option(
            names = "--streams",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,4,16",
            description = "How many streams send frames to an engine: ${DEFAULT-VALUE}.")
    private List<Integer> streams;

    @Override
    public Integer call() throws IOException {
        options.requireSense(spec.commandLine());
        BenchOptions.requireAtLeast(1, spec.commandLine(), "--batches", batches);
        BenchOptions.requireAtLeast(1, spec.commandLine(), "--streams", streams);
        return options.run(
                spec.commandLine(),
                setup -> new EncodeBenchmark(setup, batches, streams, options.square()));
    }
}
