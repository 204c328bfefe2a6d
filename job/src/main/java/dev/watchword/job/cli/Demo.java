package dev.watchword.job.cli;

import dev.watchword.job.camera.CameraFleet;
import dev.watchword.job.camera.CameraSettings;
import dev.watchword.job.camera.Cameras;
import dev.watchword.job.camera.PublisherSettings;
import dev.watchword.job.camera.PublisherStatistics;
import dev.watchword.job.demo.DemoCamera;
import dev.watchword.job.demo.DemoQuestion;
import dev.watchword.job.demo.DemoScript;
import dev.watchword.job.retry.Timekeeper;
import dev.watchword.job.service.ModelChoice;
import dev.watchword.job.service.WatchwordService;
import dev.watchword.job.settings.Environment;
import dev.watchword.job.settings.Flag;
import dev.watchword.job.settings.Settings;
import dev.watchword.job.settings.SettingsReader;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Status;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Cameras over drawn yards publish, and questions are asked while they do: all over a real broker,
 * answered by the real job. Each answer is put beside the one that the yard's script gives.
 */
final class Demo {
    private static final int MILLISECONDS_A_FRAME = 50;
    private static final int FRAMES_PER_SECOND = 1000 / MILLISECONDS_A_FRAME;

    /** So many frames before the last that it is about a question is asked: it waits for that one. */
    private static final int AHEAD = FRAMES_PER_SECOND;

    private static final String NOWHERE = "east";
    private static final String NOWHERE_QUESTION = "Is the door open?";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final PrintWriter out;
    private final DemoScript script;
    private final Timekeeper timekeeper = Timekeeper.system();

    Demo(PrintWriter out, DemoScript script) {
        this.out = out;
        this.script = script;
    }

    /** Returns the exit status: OK if every question was answered, be it rightly or wrongly. */
    int run(List<Flag> flags) throws Exception {
        say(
                "Watchword's demo: a Kafka broker, the Flink job, %d cameras, %d questions; one process."
                        .formatted(script.cameras().size(), script.questions().size() + 1));
        List<Flag> own = new ArrayList<>(flags);
        own.add(new Flag("demo", "kafka.embedded-port", "0"));
        Settings settings = settings(own);
        ModelChoice model = ModelChoice.of(settings.model());
        try (WatchwordService service =
                WatchwordService.start(settings, model.directory(), false, note -> {})) {
            say(
                    "The broker is at %s; the model is %s."
                            .formatted(service.bootstrap(), service.model().id()));
            if (!model.remark().isEmpty()) {
                say(model.remark());
            }
            own.add(new Flag("demo", "kafka.bootstrap", service.bootstrap()));
            return show(settings(own));
        }
    }

    private static Settings settings(List<Flag> flags) {
        return SettingsReader.read(Optional.empty(), flags, Environment.ofProcess());
    }

    private int show(Settings settings) throws Exception {
        say(
                "The cameras show drawn yards (%s), %d of their seconds in one; scripts know the truth."
                        .formatted(
                                script.cameras().stream()
                                        .map(Demo::source)
                                        .collect(Collectors.joining(", ")),
                                FRAMES_PER_SECOND));
        say("");
        Instant start = timekeeper.now().truncatedTo(ChronoUnit.MILLIS);
        BrokerAccess broker = new BrokerAccess(settings.kafka(), note -> {}, timekeeper);
        DemoTable table = new DemoTable(out);
        int answered = 0;
        try (CameraFleet fleet = fleet(broker, settings, start)) {
            long begin = timekeeper.nanoTime();
            DemoAsking asking = new DemoAsking(broker, PATIENCE);
            table.head();
            int asked = 0;
            Optional<String> before = Optional.empty();
            for (DemoQuestion question : script.questions()) {
                awaitFrame(fleet, question.stream(), question.frames().to() - AHEAD);
                Answer answer =
                        asking.ask(
                                question.stream(),
                                question.text(),
                                capture(question.frames().from(), start),
                                capture(question.frames().to() - 1, start),
                                question.frames().to() - question.frames().from(),
                                question.follows() ? before : Optional.empty());
                before = Optional.of(answer.getQueryId());
                table.add(question, answer);
                answered += DemoTable.isAnswered(answer) ? 1 : 0;
                asked++;
                if (asked == (script.questions().size() + 1) / 2) {
                    answered += askNowhere(asking, table) ? 1 : 0;
                }
            }
            say("");
            table.summary();
            sayFrames(fleet, Duration.ofNanos(timekeeper.nanoTime() - begin));
        }
        say("Next: 'watchword run', 'watchword publish', 'watchword ask' (each with --help).");
        return answered == script.questions().size() + 1 ? ExitCode.OK : ExitCode.FAILED;
    }

    private CameraFleet fleet(BrokerAccess broker, Settings settings, Instant start)
            throws Exception {
        return CameraFleet.start(
                script.cameras().stream()
                        .map(
                                camera ->
                                        CameraSettings.builder(camera.stream(), source(camera))
                                                .framesPerSecond(FRAMES_PER_SECOND)
                                                .start(start)
                                                .firstSequence(0)
                                                .build())
                        .toList(),
                new Cameras(timekeeper, new Random()),
                broker.connection(),
                PublisherSettings.of(
                        settings.kafka().topics().frames(),
                        settings.kafka().maxRecordSize().toIntBytes()),
                (stream, report) -> {},
                timekeeper);
    }

    private static String source(DemoCamera camera) {
        return "yard:" + camera.seed();
    }

    private static Instant capture(int sequence, Instant start) {
        return start.plusMillis((long) MILLISECONDS_A_FRAME * sequence);
    }

    private void awaitFrame(CameraFleet fleet, String stream, int frames)
            throws InterruptedException {
        long begin = timekeeper.nanoTime();
        while (fleet.statistics().get(stream).published() < frames) {
            if (fleet.failures().containsKey(stream)) {
                throw new CommandFailedException(
                        "the camera '%s' failed: %s"
                                .formatted(stream, fleet.failures().get(stream)));
            }
            if (timekeeper.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new CommandFailedException(
                        "the camera '%s' did not publish %d frames within %d seconds"
                                .formatted(stream, frames, PATIENCE.toSeconds()));
            }
            timekeeper.sleep(BETWEEN_LOOKS);
        }
    }

    private static boolean askNowhere(DemoAsking asking, DemoTable table)
            throws InterruptedException {
        Answer answer = asking.ask(NOWHERE, NOWHERE_QUESTION);
        table.addToNowhere(NOWHERE, NOWHERE_QUESTION, answer);
        return answer.getStatus() == Status.NO_FRAMES;
    }

    private void sayFrames(CameraFleet fleet, Duration time) {
        long frames =
                fleet.statistics().values().stream()
                        .mapToLong(PublisherStatistics::published)
                        .sum();
        double seconds = time.toMillis() / 1e3;
        say(
                "Meanwhile %d frames came in %.0f seconds, %.0f a second."
                        .formatted(frames, seconds, frames / seconds));
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
