package dev.watchword.job.cli;

import dev.watchword.engine.SharedEngines;
import dev.watchword.job.bench.serve.OverloadPhase;
import dev.watchword.job.bench.serve.OverloadPlan;
import dev.watchword.job.bench.serve.OverloadTable;
import dev.watchword.job.retry.Timekeeper;
import dev.watchword.job.service.EngineConfigs;
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

/** The whole job under more than it can do. */
@Command(
        name = "overload",
        description = {
            "Measures the whole job, with a Kafka broker of its own in this process, under twice the frames and twice the questions that it can do:",
            "whether every question is answered, whether queues and memory stay bounded, and whether latency comes back.",
            "Ends with status 1 if a question is not answered."
        },
        footer = {
            "",
            "Examples:",
            "  watchword bench overload --time 30min",
            "  watchword bench overload --time 2min --json"
        })
final class BenchOverloadCommand implements Callable<Integer> {
    /** Then what streams remember stops to grow soon, and every question costs the same. */
    private static final int HISTORY_FRAMES = 1_000;

    /** A question waits behind the frames of its stream: a long queue would be all that it shows. */
    private static final int FRAME_QUEUE = 32;

    /** So many are answered within seconds once it is over: until then nobody's answer is quick. */
    private static final int PENDING = 200;

    @Spec private CommandSpec spec;
    @Mixin private ModelFlag model;
    @Mixin private SettingsOptions settings;
    @Mixin private BenchOutput output;

    @Option(
            names = "--streams",
            paramLabel = "S",
            defaultValue = "4",
            description = "How many streams: ${DEFAULT-VALUE}.")
    private int streams;

    @Option(
            names = "--time",
            paramLabel = "TIME",
            defaultValue = "5 min",
            converter = DurationOption.class,
            description = "How long there is too much: ${DEFAULT-VALUE}.")
    private Duration time;

    @Option(
            names = "--light",
            paramLabel = "TIME",
            defaultValue = "20 s",
            converter = DurationOption.class,
            description = "How long the load is light, before and after: ${DEFAULT-VALUE}.")
    private Duration light;

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            defaultValue = "10 s",
            converter = DurationOption.class,
            description = "The deadline of every second question: ${DEFAULT-VALUE}.")
    private Duration deadline;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "From which the pictures follow: ${DEFAULT-VALUE}.")
    private long seed;

    @Override
    public Integer call() throws Exception {
        requireSense();
        OverloadPlan plan = new OverloadPlan(streams, time, light, deadline, seed);
        return CtrlC.during(
                spec.commandLine().getErr(),
                "Stopped before everything was measured.",
                () -> measure(plan));
    }

    private int measure(OverloadPlan plan) throws InterruptedException {
        Timekeeper timekeeper = Timekeeper.system();
        try (ProgressLine line =
                ProgressLine.onStandardError(spec.commandLine().getErr(), timekeeper)) {
            return measure(plan, line, timekeeper);
        }
    }

    private int measure(OverloadPlan plan, ProgressLine line, Timekeeper timekeeper)
            throws InterruptedException {
        Settings embedded = settings("embedded");
        ModelChoice chosen = ModelChoice.of(embedded.model());
        List<OverloadPhase> phases;
        List<String> description;
        try (WatchwordService service =
                        WatchwordService.start(
                                embedded,
                                chosen.directory(),
                                false,
                                note -> line.show(() -> note));
                SharedEngines.Lease engine =
                        SharedEngines.lease(EngineConfigs.of(embedded, chosen.directory()));
                Overloading overloading =
                        new Overloading(
                                new BrokerAccess(
                                        settings(service.bootstrap()).kafka(),
                                        note -> {},
                                        timekeeper),
                                plan,
                                () -> engine.engine().load(),
                                line::show)) {
            phases = overloading.run();
            description =
                    OverloadTable.description(
                            plan,
                            service.model().id(),
                            overloading.framesPerSecond(),
                            overloading.questionsPerSecond(),
                            overloading.drainSeconds());
        }
        line.close();
        output.write(
                description, OverloadTable.of(phases), OverloadTable.plot(), spec.commandLine());
        return phases.stream().allMatch(phase -> phase.unanswered() == 0)
                ? ExitCode.OK
                : ExitCode.FAILED;
    }

    private Settings settings(String bootstrap) {
        String name = "bench overload";
        List<Flag> own = new ArrayList<>(model.asSetting());
        own.add(new Flag(name, "kafka.embedded-port", "0"));
        own.add(new Flag(name, "kafka.bootstrap", bootstrap));
        own.add(new Flag(name, "engine.overload", "thin"));
        own.add(new Flag(name, "engine.frame-queue", Integer.toString(FRAME_QUEUE)));
        own.add(new Flag(name, "memory.history-frames", Integer.toString(HISTORY_FRAMES)));
        own.add(new Flag(name, "memory.pending-questions", Integer.toString(PENDING)));
        return settings.read(own);
    }

    private void requireSense() {
        output.requireSense(spec.commandLine());
        BenchOptions.requireAtLeast(1, spec.commandLine(), "--streams", List.of(streams));
        BenchOptions.requireAboveZero(spec.commandLine(), "--time", time.toNanos());
        BenchOptions.requireAboveZero(spec.commandLine(), "--light", light.toNanos());
        BenchOptions.requireAboveZero(spec.commandLine(), "--deadline", deadline.toNanos());
    }
}
