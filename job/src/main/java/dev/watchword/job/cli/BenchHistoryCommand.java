package dev.watchword.job.cli;

import dev.watchword.job.bench.HistoryBenchmark;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A question about a long history. */
@Command(
        name = "history",
        description = {
            "Measures the time to the first token of an answer by the length of the history: with what was read of it kept,",
            "read anew, and with the question fused with every frame, as the paper does it."
        },
        footer = {
            "",
            "Without --model and --size it measures the bundled model.",
            "",
            "Example:",
            "  watchword bench history --frames 1,10000 --json"
        })
final class BenchHistoryCommand implements Callable<Integer> {
    private static final int ANSWER_TOKENS = 32;

    @Spec private CommandSpec spec;
    @Mixin private BenchOptions options;

    @Option(
            names = "--frames",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,100,1000,10000",
            description = "How many frames a history has: ${DEFAULT-VALUE}.")
    private List<Integer> frames;

    @Option(
            names = "--text",
            paramLabel = "N",
            defaultValue = "16",
            description = "How many tokens of text a prompt has: ${DEFAULT-VALUE}.")
    private int text;

    @Option(
            names = "--paper",
            paramLabel = "N",
            defaultValue = "1000",
            description =
                    "The longest history that is measured as the paper does it: ${DEFAULT-VALUE}.")
    private int longestAsThePaper;

    @Option(
            names = "--cold",
            paramLabel = "N",
            defaultValue = "10000",
            description = "The longest history that is read anew: ${DEFAULT-VALUE}.")
    private int longestCold;

    @Override
    public Integer call() throws IOException {
        options.requireSense(spec.commandLine());
        BenchOptions.requireAtLeast(1, spec.commandLine(), "--frames", frames);
        BenchOptions.requireAtLeast(1, spec.commandLine(), "--text", List.of(text));
        return options.run(
                spec.commandLine(),
                setup -> {
                    BenchPlans.requireRoom(spec, setup.config(), frames, text + ANSWER_TOKENS);
                    return new HistoryBenchmark(
                            setup,
                            frames,
                            BenchPlans.plan(text, ANSWER_TOKENS, Optional.empty()),
                            longestCold,
                            longestAsThePaper);
                });
    }
}
