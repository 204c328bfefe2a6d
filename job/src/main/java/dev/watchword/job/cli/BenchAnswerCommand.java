package dev.watchword.job.cli;

import dev.watchword.job.bench.AnswerBenchmark;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A question about a history. */
@Command(
        name = "answer",
        description = {
            "Measures how long one answer takes, by the number of frames it is about:",
            "the time to its first token, and its tokens a second."
        },
        footer = {
            "",
            "Without --model and --size it measures the bundled model.",
            "",
            "Example:",
            "  watchword bench answer --frames 1,10000"
        })
final class BenchAnswerCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private BenchOptions options;

    @Option(
            names = "--frames",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,100,1000",
            description = "How many frames a history has: ${DEFAULT-VALUE}.")
    private List<Integer> frames;

    @Option(
            names = "--tokens",
            paramLabel = "N",
            defaultValue = "32",
            description = "How many tokens an answer has, at least 2: ${DEFAULT-VALUE}.")
    private int tokens;

    @Option(
            names = "--text",
            paramLabel = "N",
            defaultValue = "64",
            description = "How many tokens of text a prompt has: ${DEFAULT-VALUE}.")
    private int text;

    @Option(
            names = "--keyframes",
            paramLabel = "N",
            description =
                    "With how many of the frames, at most, a question is fused; as many as the job keeps by its default settings if not given.")
    private Optional<Integer> keyframes = Optional.empty();

    @Override
    public Integer call() throws IOException {
        options.requireSense(spec.commandLine());
        BenchOptions.requireAtLeast(1, spec.commandLine(), "--frames", frames);
        BenchOptions.requireAtLeast(1, spec.commandLine(), "--text", List.of(text));
        BenchOptions.requireAtLeast(
                1, spec.commandLine(), "--keyframes", keyframes.stream().toList());
        BenchOptions.requireAtLeast(2, spec.commandLine(), "--tokens", List.of(tokens));
        return options.run(
                spec.commandLine(),
                setup -> {
                    BenchPlans.requireRoom(spec, setup.config(), frames, text + tokens);
                    return new AnswerBenchmark(
                            setup,
                            frames,
                            BenchPlans.plan(text, tokens, keyframes),
                            options.square());
                });
    }
}
