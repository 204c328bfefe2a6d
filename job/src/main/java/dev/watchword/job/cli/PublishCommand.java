package dev.watchword.job.cli;

import dev.watchword.job.camera.CameraException;
import dev.watchword.job.camera.CameraSettings;
import dev.watchword.job.camera.Cameras;
import dev.watchword.job.camera.CamerasFile;
import dev.watchword.job.camera.CamerasFileException;
import dev.watchword.job.retry.Timekeeper;
import dev.watchword.job.settings.KafkaSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Publishes the pictures of one camera or of several. */
@Command(
        name = "publish",
        customSynopsis = {
            "watchword publish --stream=S --source=URL|FILE|DIR|yard:SEED [OPTIONS]",
            "       watchword publish --cameras=FILE.yaml [OPTIONS]"
        },
        description =
                "Publishes the pictures of a camera, a video file, a folder or a drawn yard as the frames of a stream, until they end or Ctrl-C is pressed. A camera that is lost is tried again.",
        footer = {
            "",
            "Examples:",
            "  watchword publish --stream door --source rtsp://192.0.2.7/live --fps 1",
            "  watchword publish --stream hall --source hall.mp4 --loop --width 640",
            "  watchword publish --stream desk --source /dev/video0",
            "  watchword publish --stream yard --source yard:7 --fps 10",
            "",
            "A file for --cameras, whose further keys are called like the flags:",
            "  defaults:",
            "    fps: 1",
            "  cameras:",
            "    - stream: door",
            "      source: rtsp://192.0.2.7/live",
            "    - stream: hall",
            "      source: hall.mp4",
            "      loop: true"
        })
final class PublishCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(names = "--stream", paramLabel = "S", description = "The name of the stream.")
    private Optional<String> stream = Optional.empty();

    @Option(
            names = "--source",
            paramLabel = "URL|FILE|DIR|yard:SEED",
            description =
                    "Where the pictures come from: an address that FFmpeg opens (rtsp://, http://), a video file, a folder of JPEG and PNG pictures, a webcam (/dev/video0), or yard:SEED, the drawn day of a yard, one picture for each second.")
    private Optional<String> source = Optional.empty();

    @Option(
            names = "--cameras",
            paramLabel = "FILE.yaml",
            description = "Several streams at once, from a file; see below.")
    private Optional<Path> camerasFile = Optional.empty();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationOption.class,
            description =
                    "How long to wait for a broker that does not answer; the setting kafka.broker-wait if not given.")
    private Optional<Duration> timeout = Optional.empty();

    /** Null when none of its flags is given. */
    @ArgGroup(validate = false, heading = CameraOptions.HEADING)
    private CameraOptions camera;

    @ArgGroup(validate = false, heading = SettingsOptions.HEADING)
    private SettingsOptions settings = new SettingsOptions();

    @Override
    public Integer call() throws InterruptedException, CameraException, CamerasFileException {
        List<CameraSettings> cameras = cameras();
        for (CameraSettings each : cameras) {
            Cameras.check(each);
        }
        KafkaSettings kafka = settings.read().kafka();
        PrintWriter notes = spec.commandLine().getErr();
        BrokerAccess broker = new BrokerAccess(kafka, notes::println, Timekeeper.system());
        broker.await(timeout.orElse(kafka.brokerWait()));
        broker.requireTopics();
        return new Publishing(broker, notes).run(cameras);
    }

    private List<CameraSettings> cameras() throws CamerasFileException {
        if (camerasFile.isPresent()) {
            if (stream.isPresent() || source.isPresent() || camera != null) {
                throw refused("--cameras takes the place of the flags about one stream");
            }
            return CamerasFile.read(camerasFile.get());
        }
        if (stream.isEmpty() || source.isEmpty()) {
            throw refused("give --stream and --source, or --cameras");
        }
        try {
            return List.of(
                    Optional.ofNullable(camera)
                            .orElseGet(CameraOptions::new)
                            .settings(stream.get(), source.get()));
        } catch (IllegalArgumentException e) {
            throw refused(e.getMessage());
        }
    }

    private ParameterException refused(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }
}
