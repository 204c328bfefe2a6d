package dev.watchword.job.cli;

import dev.watchword.job.train.Ablation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains and compares networks that differ in one thing. */
@Command(
        name = "ablate",
        description = {
            "Trains networks that differ in one thing, each as long, and compares what they answer and what it costs.",
            "They have 0, 1, 2 or 4 layers of pre-fusion, queries or average pooling, 1, 4 or 16 vision tokens; one is LLaVA-v1.5.",
            "Interrupted, and called again with the same options, it goes on where it was."
        },
        footer = {"", "Example:", "  watchword ablate --output /var/tmp/ablation --steps 350"})
final class AblateCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description = "The folder for everything.")
    private Path output;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "350",
            description =
                    "Steps of each of two stages: 64 pictures a step, then 32 with 8 questions each; ${DEFAULT-VALUE} if not given.")
    private int steps;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "101",
            description = "Of everything that is drawn: ${DEFAULT-VALUE} if not given.")
    private long seed;

    @Mixin private ThreadsOption threads;

    @Override
    public Integer call() throws Exception {
        if (steps < 1) {
            throw new ParameterException(spec.commandLine(), "--steps is at least 1, not " + steps);
        }
        PrintWriter out = spec.commandLine().getOut();
        threads.apply();
        PrintWriter progress = spec.commandLine().getErr();
        return CtrlC.during(
                progress,
                "Stopped. Called again with the same options it goes on from here.",
                () -> {
                    print(out, new Ablation(seed, steps, output, progress::println).run());
                    return ExitCode.OK;
                });
    }

    private static void print(PrintWriter out, List<Ablation.Row> rows) {
        String row = "| %-50s | %6s | %13s | %9s | %12s | %15s |%n";
        out.printf(
                row,
                "network",
                "tokens",
                "now-attribute",
                "now-count",
                "GFLOP/frame",
                "MFLOP/question");
        out.printf(row, "---", "---:", "---:", "---:", "---:", "---:");
        for (Ablation.Row each : rows) {
            out.printf(
                    row,
                    each.variant(),
                    each.visionTokens(),
                    "%.1f%%".formatted(100 * each.nowAttribute()),
                    "%.1f%%".formatted(100 * each.nowCount()),
                    "%.3f".formatted(each.frameGigaflops()),
                    "%.1f".formatted(each.questionMegaflops()));
        }
    }
}
