package dev.watchword.job.cli;

import dev.watchword.job.bench.GenerateBenchmark;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Many answers at once. */
@Command(
        name = "generate",
        description = {
            "Measures how many tokens a second are written, by how many answers are written at once,",
            "beside the limit that reading the weights sets."
        },
        footer = {
            "",
            "Without --model and --size it measures the bundled model.",
            "",
            "Example:",
            "  watchword bench generate --size 1b --answers 1,8 --plot tokens.png"
        })
final class BenchGenerateCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private BenchOptions options;

    @Option(
            names = "--answers",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,2,4,8,16,32",
            description = "How many answers are written at once: ${DEFAULT-VALUE}.")
    private List<Integer> answers;

    @Option(
            names = "--frames",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many frames each answer is about: ${DEFAULT-VALUE}.")
    private int frames;

    @Option(
            names = "--tokens",
            paramLabel = "N",
            defaultValue = "32",
            description = "How many tokens an answer has, at least 2: ${DEFAULT-VALUE}.")
    private int tokens;

    @Option(
            names = "--text",
            paramLabel = "N",
            defaultValue = "16",
            description = "How many tokens of text a prompt has, at least 2: ${DEFAULT-VALUE}.")
    private int text;

    @Override
    public Integer call() throws IOException {
        options.requireSense(spec.commandLine());
        BenchOptions.requireAtLeast(1, spec.commandLine(), "--answers", answers);
        BenchOptions.requireAtLeast(1, spec.commandLine(), "--frames", List.of(frames));
        BenchOptions.requireAtLeast(2, spec.commandLine(), "--tokens", List.of(tokens));
        BenchOptions.requireAtLeast(2, spec.commandLine(), "--text", List.of(text));
        return options.run(
                spec.commandLine(),
                setup -> {
                    BenchPlans.requireRoom(spec, setup.config(), List.of(frames), text + tokens);
                    return new GenerateBenchmark(
                            setup,
                            answers,
                            frames,
                            BenchPlans.plan(text, tokens, Optional.empty()),
                            options.square());
                });
    }
}
