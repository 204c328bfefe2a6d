package dev.watchword.job.cli;

import dev.watchword.job.settings.Flag;
import dev.watchword.job.settings.Settings;
import dev.watchword.job.soak.Soak;
import dev.watchword.job.soak.SoakPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The job on a cluster of processes, under a load and under faults. */
@Command(
        name = "soak",
        description = {
            "Shows that nothing is lost: runs the job on a Flink cluster of processes of this machine, with a broker of its own, sends frames and questions, and at the end prints what became of every one of them.",
            "With --faults processes are killed and frozen meanwhile. Ends with status 1 if anything is lost or wrong."
        },
        footer = {
            "",
            "Examples:",
            "  watchword soak --minutes 10 --faults",
            "  watchword soak --minutes 60 --faults --seed 7 --delivery exactly-once"
        })
final class SoakCommand implements Callable<Integer> {
    private static final double MILLISECONDS_OF_A_MINUTE = 60_000;

    @Spec private CommandSpec spec;
    @Mixin private ModelFlag model;
    @Mixin private SettingsOptions settings;
    @Mixin private LoadOptions load;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "5",
            description = "How long frames and questions come: ${DEFAULT-VALUE}.")
    private double minutes;

    @Option(
            names = "--faults",
            description =
                    "Kill a task manager, the broker or the job manager, or freeze a task manager, again and again.")
    private boolean faults;

    @Option(
            names = "--fault-every",
            paramLabel = "TIME",
            defaultValue = "40 s",
            converter = DurationOption.class,
            description = "With --faults: how often, on average: ${DEFAULT-VALUE}.")
    private Duration faultEvery;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description =
                    "From which the faults, the pictures and the moments of the questions follow: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--delivery",
            paramLabel = "at-least-once|exactly-once",
            description = "The setting kafka.delivery.")
    private Optional<String> delivery = Optional.empty();

    @Option(
            names = "--task-managers",
            paramLabel = "N",
            defaultValue = "3",
            description =
                    "How many task managers there are, one of them standing by: ${DEFAULT-VALUE}.")
    private int taskManagers;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description =
                    "Where all files and logs are kept. If not given: a temporary directory, which is kept if something is lost or wrong.")
    private Optional<Path> directory = Optional.empty();

    @Override
    public Integer call() throws Exception {
        load.requireSense();
        BenchOptions.requireAtLeast(
                2, spec.commandLine(), "--task-managers", List.of(taskManagers));
        BenchOptions.requireAboveZero(spec.commandLine(), "--minutes", minutes);
        BenchOptions.requireAboveZero(spec.commandLine(), "--fault-every", faultEvery.toMillis());
        SoakPlan plan =
                new SoakPlan(
                        load.streams(),
                        load.framesPerSecond(),
                        load.questionsPerSecond(),
                        Duration.ofMillis(Math.round(minutes * MILLISECONDS_OF_A_MINUTE)),
                        taskManagers,
                        faults ? faultEvery : Duration.ZERO,
                        seed);
        return CtrlC.during(
                spec.commandLine().getErr(),
                "Stopped before everything was known.",
                () ->
                        new Soaking(spec.commandLine(), plan, settings(plan), directory)
                                .run(model.directory()));
    }

    private Settings settings(SoakPlan plan) {
        List<Flag> own = new ArrayList<>(model.asSetting());
        delivery.ifPresent(given -> own.add(new Flag("--delivery", "kafka.delivery", given)));
        Soak.ownSettings(plan).forEach((key, value) -> own.add(new Flag("soak", key, value)));
        return settings.read(own);
    }
}
