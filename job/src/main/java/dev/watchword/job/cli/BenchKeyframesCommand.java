package dev.watchword.job.cli;

import dev.watchword.job.bench.Table;
import dev.watchword.job.bench.TablePlot;
import dev.watchword.job.exam.DirectModel;
import dev.watchword.job.exam.SamplingStudy;
import dev.watchword.job.retry.Timekeeper;
import dev.watchword.job.service.EngineConfigs;
import dev.watchword.job.service.ModelChoice;
import dev.watchword.job.settings.Settings;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a sample of keyframes costs. */
@Command(
        name = "keyframes",
        description = {
            "Measures what is lost where a question is fused with some keyframes of a history instead of with every frame:",
            "how far the fused text is from the exact mean, and how many answers are right."
        },
        footer = {
            "",
            "Example:",
            "  watchword bench keyframes --frames 1000 --samples 8,64 --plot cosine.png"
        })
final class BenchKeyframesCommand implements Callable<Integer> {
    private static final String DESCRIPTION =
            "Questions about %d frames of simulated yards (seed %d), fused with every frame of the history or with keyframes.";

    @Spec private CommandSpec spec;
    @Mixin private ModelFlag model;
    @Mixin private SettingsOptions settings;
    @Mixin private BenchOutput output;

    @Option(
            names = "--frames",
            paramLabel = "N",
            defaultValue = "500",
            description = "How many frames a history has: ${DEFAULT-VALUE}.")
    private int frames;

    @Option(
            names = "--samples",
            paramLabel = "K",
            split = ",",
            defaultValue = "4,8,16,32,64",
            description =
                    "How many keyframes are a uniform sample of all frames, as memory.keyframes-sample says for the job: ${DEFAULT-VALUE}.")
    private List<Integer> samples;

    @Option(
            names = "--yards",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many yards: ${DEFAULT-VALUE}.")
    private int yards;

    @Option(
            names = "--questions",
            paramLabel = "N",
            defaultValue = "200",
            description =
                    "How many questions of each family are drawn for all histories of that length, of which those of the first yards are asked: ${DEFAULT-VALUE}.")
    private int questions;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "From which yards and questions follow: ${DEFAULT-VALUE}.")
    private long seed;

    @Override
    public Integer call() throws Exception {
        output.requireSense(spec.commandLine());
        BenchOptions.requireAtLeast(2, spec.commandLine(), "--frames", List.of(frames));
        BenchOptions.requireAtLeast(0, spec.commandLine(), "--samples", samples);
        BenchOptions.requireAtLeast(1, spec.commandLine(), "--yards", List.of(yards));
        BenchOptions.requireAtLeast(1, spec.commandLine(), "--questions", List.of(questions));
        Settings all = settings.read(model.asSetting());
        ModelChoice chosen = ModelChoice.of(all.model());
        SamplingStudy.Plan plan =
                new SamplingStudy.Plan(
                        seed, frames, yards, questions, all.memory().keyframesRecent(), samples);
        return CtrlC.during(
                spec.commandLine().getErr(),
                "Stopped before everything was measured.",
                () -> measure(plan, all, chosen));
    }

    private int measure(SamplingStudy.Plan plan, Settings all, ModelChoice chosen)
            throws InterruptedException {
        List<SamplingStudy.Row> rows;
        try (ProgressLine line =
                        ProgressLine.onStandardError(
                                spec.commandLine().getErr(), Timekeeper.system());
                DirectModel direct =
                        DirectModel.open(
                                EngineConfigs.of(all, chosen.directory()),
                                all.memory().keyframes())) {
            rows = new SamplingStudy(direct, plan, line::show).run();
        }
        output.write(
                List.of(DESCRIPTION.formatted(frames, seed)),
                table(rows),
                plot(),
                spec.commandLine());
        return ExitCode.OK;
    }

    private static Table table(List<SamplingStudy.Row> rows) {
        Table table =
                new Table(
                        "fused with",
                        "keyframes",
                        "cosine",
                        "lowest cosine",
                        "right percent",
                        "low",
                        "high",
                        "questions",
                        "as with every frame percent");
        for (SamplingStudy.Row row : rows) {
            table.add(
                    row.way(),
                    row.keyframes(),
                    row.cosine(),
                    row.lowestCosine(),
                    100 * row.right().accuracy(),
                    100 * row.right().low(),
                    100 * row.right().high(),
                    row.right().questions(),
                    100 * row.same().accuracy());
        }
        return table;
    }

    private static TablePlot plot() {
        return new TablePlot.Lines(
                "Fused text: cosine with the exact mean, by keyframes",
                "keyframes",
                List.of("cosine", "lowest cosine"),
                true,
                List.of());
    }
}
