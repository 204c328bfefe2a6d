package dev.watchword.job.cli;

import dev.watchword.job.bench.AnswerPlan;
import dev.watchword.job.bench.FullSizeBenchmark;
import dev.watchword.job.bench.ModelSize;
import dev.watchword.job.retry.Timekeeper;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A network of full size on this machine. */
@Command(
        name = "full-size",
        description = {
            "Loads a network of the public LLaVA-Mini's size, with random weights in bfloat16, and measures the time to load it,",
            "the memory that it takes, an image to its vision token, and the first token after one image and after a history.",
            "The weights, 18 GB, are written once to --cache, which can be broken off and gone on with.",
            "Another network is measured in the same way where --model or --size is given."
        },
        footer = {
            "",
            "Examples:",
            "  watchword bench full-size --rounds 3 --frames 1000",
            "  watchword bench full-size --size 1b"
        })
final class BenchFullSizeCommand implements Callable<Integer> {
    private static final int PREFILL_SLICE = 512;

    @Spec private CommandSpec spec;
    @Mixin private BenchOptions options;

    @Option(
            names = "--frames",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many frames the history has: ${DEFAULT-VALUE}.")
    private int frames;

    @Option(
            names = "--keyframes",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "With how many of the history's frames, at most, a question is fused: ${DEFAULT-VALUE}.")
    private int keyframes;

    @Option(
            names = "--text",
            paramLabel = "N",
            defaultValue = "16",
            description = "How many tokens of text a prompt has, at least 2: ${DEFAULT-VALUE}.")
    private int text;

    @Option(
            names = "--tokens",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many tokens an answer has, at least 2: ${DEFAULT-VALUE}.")
    private int tokens;

    @Override
    public Integer call() throws IOException {
        options.requireSense(spec.commandLine());
        BenchOptions.requireAtLeast(1, spec.commandLine(), "--frames", List.of(frames));
        BenchOptions.requireAtLeast(1, spec.commandLine(), "--keyframes", List.of(keyframes));
        BenchOptions.requireAtLeast(2, spec.commandLine(), "--text", List.of(text));
        BenchOptions.requireAtLeast(2, spec.commandLine(), "--tokens", List.of(tokens));
        options.measureInBfloat16ByDefault(ModelSize.EIGHT_BILLION);
        return options.run(
                spec.commandLine(),
                (setup, progress) -> {
                    BenchPlans.requireRoom(spec, setup.config(), List.of(frames), text + tokens);
                    return new FullSizeBenchmark(
                            setup,
                            frames,
                            new AnswerPlan(text, tokens, keyframes, PREFILL_SLICE),
                            Timekeeper.system(),
                            progress);
                });
    }
}
