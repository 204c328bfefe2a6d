package dev.watchword.job.cli;

import dev.watchword.job.camera.CameraFleet;
import dev.watchword.job.camera.CameraSettings;
import dev.watchword.job.camera.Cameras;
import dev.watchword.job.camera.PublisherSettings;
import dev.watchword.job.camera.SampleVideo;
import dev.watchword.job.demo.YardScene;
import dev.watchword.job.retry.Timekeeper;
import dev.watchword.job.service.ModelChoice;
import dev.watchword.job.service.TemporaryDirectory;
import dev.watchword.job.service.WatchwordService;
import dev.watchword.job.settings.Environment;
import dev.watchword.job.settings.Flag;
import dev.watchword.job.settings.Settings;
import dev.watchword.job.settings.SettingsReader;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.Scope;
import dev.watchword.schemas.Status;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/**
 * A camera over a yard publishes a video, and questions are asked while it does: all over a real
 * broker, answered by the real job.
 */
final class Demo {
    private static final String STREAM = "yard";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    /** What is asked, of which stream, about how many of the newest frames, and when. */
    private record Question(
            int afterFrames, String stream, Optional<Long> lastFrames, String text) {}

    private static final List<Question> QUESTIONS =
            List.of(
                    new Question(6, STREAM, Optional.empty(), "Is the gate open?"),
                    new Question(16, STREAM, Optional.of(4L), "What colour is the car?"),
                    new Question(16, "back-door", Optional.empty(), "Who is at the door?"),
                    new Question(48, STREAM, Optional.of(8L), "What is in front of the door?"),
                    new Question(60, STREAM, Optional.empty(), "Was there ever a red car?"));

    private final PrintWriter out;

    Demo(PrintWriter out) {
        this.out = out;
    }

    int run(List<Flag> flags) throws Exception {
        say(
                "Watchword's demo: a Kafka broker, the Flink job, a camera and questions, in one process.");
        List<Flag> own = new ArrayList<>(flags);
        own.add(new Flag("demo", "kafka.embedded-port", "0"));
        Settings settings = settings(own);
        ModelChoice model = ModelChoice.of(settings.model());
        try (TemporaryDirectory files = TemporaryDirectory.create("watchword-demo");
                WatchwordService service =
                        WatchwordService.start(settings, model.directory(), false, note -> {})) {
            say(
                    "The broker is at %s; the model is %s."
                            .formatted(service.bootstrap(), service.model().id()));
            if (!model.remark().isEmpty()) {
                say(model.remark());
            }
            own.add(new Flag("demo", "kafka.bootstrap", service.bootstrap()));
            return show(settings(own), record(files.path()));
        }
    }

    private static Settings settings(List<Flag> flags) {
        return SettingsReader.read(Optional.empty(), flags, Environment.ofProcess());
    }

    private Path record(Path folder) throws Exception {
        Path video = folder.resolve("yard.mp4");
        SampleVideo.write(
                video,
                YardScene.SIZE,
                YardScene.FRAMES_PER_SECOND,
                YardScene.FRAMES,
                YardScene::draw);
        say(
                "The camera '%s' publishes %d frames of %d x %d pixels, %d a second."
                        .formatted(
                                STREAM,
                                YardScene.FRAMES,
                                YardScene.SIZE.width,
                                YardScene.SIZE.height,
                                YardScene.FRAMES_PER_SECOND));
        return video;
    }

    private int show(Settings settings, Path video) throws Exception {
        Timekeeper timekeeper = Timekeeper.system();
        BrokerAccess broker = new BrokerAccess(settings.kafka(), note -> {}, timekeeper);
        int answered = 0;
        try (CameraFleet camera =
                CameraFleet.start(
                        List.of(
                                CameraSettings.builder(STREAM, video.toString())
                                        .firstSequence(0)
                                        .build()),
                        new Cameras(timekeeper, new Random()),
                        broker.connection(),
                        PublisherSettings.of(
                                settings.kafka().topics().frames(),
                                settings.kafka().maxRecordSize().toIntBytes()),
                        (stream, report) -> {},
                        timekeeper)) {
            for (Question question : QUESTIONS) {
                awaitFrames(camera, question.afterFrames(), timekeeper);
                answered += ask(broker, question) ? 1 : 0;
            }
            camera.await();
        }
        say("");
        say(
                "%d of %d questions were answered as they should be."
                        .formatted(answered, QUESTIONS.size()));
        say("Next: 'watchword run', 'watchword publish', 'watchword ask' (each with --help).");
        return answered == QUESTIONS.size() ? ExitCode.OK : ExitCode.FAILED;
    }

    private void awaitFrames(CameraFleet camera, int frames, Timekeeper timekeeper)
            throws InterruptedException {
        long begin = timekeeper.nanoTime();
        while (camera.statistics().get(STREAM).published() < frames) {
            if (timekeeper.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new CommandFailedException(
                        "the camera published no frame for " + PATIENCE.toSeconds() + " seconds");
            }
            timekeeper.sleep(BETWEEN_LOOKS);
        }
    }

    /** Asks, prints, and tells whether the answer has the status that it should. */
    private boolean ask(BrokerAccess broker, Question question) throws InterruptedException {
        say("");
        say("Question  to '%s': %s".formatted(question.stream(), question.text()));
        Query query =
                Query.newBuilder()
                        .setQueryId(UUID.randomUUID().toString())
                        .setStream(question.stream())
                        .setText(question.text())
                        .setScope(
                                question.lastFrames()
                                        .map(
                                                frames ->
                                                        Scope.newBuilder()
                                                                .setLastFrames(frames)
                                                                .build())
                                        .orElse(null))
                        .setMaxTokens(24)
                        .build();
        Answer answer =
                new Asking(broker, PATIENCE)
                        .ask(query)
                        .orElseThrow(
                                () ->
                                        new CommandFailedException(
                                                "no answer came for "
                                                        + PATIENCE.toSeconds()
                                                        + " seconds"));
        print(answer);
        return question.stream().equals(STREAM)
                ? answer.getStatus() == Status.OK || answer.getStatus() == Status.TRUNCATED
                : answer.getStatus() == Status.NO_FRAMES;
    }

    private void print(Answer answer) {
        if (answer.getText().isEmpty()) {
            say("Answer    (%s) %s".formatted(answer.getStatus(), answer.getReason()));
            return;
        }
        say("Answer    " + Printable.line(answer.getText()));
        say(
                "          %s, from %d frames (%d to %d), fused with %d of them; first token after %.0f ms, all after %.0f ms"
                        .formatted(
                                answer.getStatus(),
                                answer.getFrames().getCount(),
                                answer.getFrames().getFirstSequence().orElse(0L),
                                answer.getFrames().getLastSequence().orElse(0L),
                                answer.getFusion().map(fusion -> fusion.getFrames()).orElse(0),
                                answer.getTimings().map(times -> times.getFirstToken()).orElse(0.0),
                                answer.getTimings().map(times -> times.getTotal()).orElse(0.0)));
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
