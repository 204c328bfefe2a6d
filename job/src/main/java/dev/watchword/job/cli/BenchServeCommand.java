package dev.watchword.job.cli;

import dev.watchword.job.bench.serve.ServeFigures;
import dev.watchword.job.bench.serve.ServePlan;
import dev.watchword.job.bench.serve.ServeTable;
import dev.watchword.job.retry.Timekeeper;
import dev.watchword.job.service.ModelChoice;
import dev.watchword.job.service.WatchwordService;
import dev.watchword.job.settings.Flag;
import dev.watchword.job.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The whole job under a load. */
@Command(
        name = "serve",
        description = {
            "Measures the whole job under a given load, with a Kafka broker of its own in this process: how long answers take,",
            "what of it is the job's own and not the engine's, how far it is behind the cameras, and whether an answer is lost.",
            "Ends with status 1 if one is."
        },
        footer = {
            "",
            "Examples:",
            "  watchword bench serve --streams 8 --fps 2 --questions 4 --time 2min",
            "  watchword bench serve --model DIR --streams 1 --json"
        })
final class BenchServeCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private ModelFlag model;
    @Mixin private SettingsOptions settings;
    @Mixin private LoadOptions load;
    @Mixin private BenchOutput output;

    @Option(
            names = "--time",
            paramLabel = "TIME",
            defaultValue = "60 s",
            converter = DurationOption.class,
            description = "How long it is measured: ${DEFAULT-VALUE}.")
    private Duration time;

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            defaultValue = "10 s",
            converter = DurationOption.class,
            description = "How long the load goes on before that: ${DEFAULT-VALUE}.")
    private Duration warmUp;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "From which the pictures and the moments of the questions follow: ${DEFAULT-VALUE}.")
    private long seed;

    @Override
    public Integer call() throws Exception {
        requireSense();
        ServePlan plan =
                new ServePlan(
                        load.streams(),
                        load.framesPerSecond(),
                        load.questionsPerSecond(),
                        warmUp,
                        time,
                        seed);
        return CtrlC.during(
                spec.commandLine().getErr(),
                "Stopped before everything was measured.",
                () -> measure(plan));
    }

    private int measure(ServePlan plan) throws InterruptedException {
        Timekeeper timekeeper = Timekeeper.system();
        try (ProgressLine line =
                ProgressLine.onStandardError(spec.commandLine().getErr(), timekeeper)) {
            return measure(plan, line, timekeeper);
        }
    }

    private int measure(ServePlan plan, ProgressLine line, Timekeeper timekeeper)
            throws InterruptedException {
        Settings embedded = settings("embedded");
        ModelChoice chosen = ModelChoice.of(embedded.model());
        ServeFigures figures;
        String name;
        try (WatchwordService service =
                WatchwordService.start(
                        embedded, chosen.directory(), false, note -> line.show(() -> note))) {
            name = service.model().id();
            BrokerAccess broker =
                    new BrokerAccess(settings(service.bootstrap()).kafka(), note -> {}, timekeeper);
            figures = new Serving(broker, plan, line::show).run();
        }
        line.close();
        output.write(
                ServeTable.description(plan, name),
                ServeTable.of(plan, figures),
                ServeTable.plot(),
                spec.commandLine());
        return figures.lost() == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private Settings settings(String bootstrap) {
        List<Flag> own = new ArrayList<>(model.asSetting());
        own.add(new Flag("bench serve", "kafka.embedded-port", "0"));
        own.add(new Flag("bench serve", "kafka.bootstrap", bootstrap));
        return settings.read(own);
    }

    private void requireSense() {
        output.requireSense(spec.commandLine());
        load.requireSense();
        BenchOptions.requireAboveZero(spec.commandLine(), "--time", time.toNanos());
    }
}
