package dev.watchword.job.camera;

import dev.watchword.job.retry.Backoff;
import dev.watchword.job.retry.Timekeeper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Makes cameras from their settings. */
public final class Cameras {

    private static final Backoff RECONNECT =
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), 0.3);

    private final Timekeeper timekeeper;
    private final RandomGenerator random;
    private final Backoff reconnect;

    /**
     * @param random safe for all the threads that use the cameras
     */
    public Cameras(Timekeeper timekeeper, RandomGenerator random) {
        this(timekeeper, random, RECONNECT);
    }

    Cameras(Timekeeper timekeeper, RandomGenerator random, Backoff reconnect) {
        this.timekeeper = timekeeper;
        this.random = random;
        this.reconnect = reconnect;
    }

    /**
     * Checks what can be checked without waiting: that a file, folder or device is there.
     *
     * @throws CameraException that says what is missing
     */
    public static void check(CameraSettings settings) throws CameraException {
        CameraSource.of(settings.source());
    }

    /**
     * Makes a camera. A file or folder is opened at once; a live source at the first picture, and
     * again whenever it is lost.
     *
     * @param reports told, by the thread that uses the camera, what an operator wants to know
     * @throws CameraException if there is no such file, folder or device, or no video in the file
     */
    public Camera open(CameraSettings settings, Consumer<CameraReport> reports)
            throws CameraException, InterruptedException {
        CameraSource source = CameraSource.of(settings.source());
        Map<String, String> options = settings.options();
        if (source instanceof CameraSource.Folder folder) {
            return paced(
                    PictureFolder.open(folder.folder(), settings, reports, timekeeper), settings);
        }
        if (source instanceof CameraSource.DrawnYard yard) {
            return paced(YardCamera.open(yard.seed(), settings, timekeeper), settings);
        }
        if (source instanceof CameraSource.Video video) {
            return paced(recording(video.file(), settings, reports), settings);
        }
        if (source instanceof CameraSource.Webcam webcam) {
            return reconnecting(VideoSource.device(webcam.device(), options), settings, reports);
        }
        CameraSource.Network network = (CameraSource.Network) source;
        return paced(
                reconnecting(VideoSource.network(network.address(), options), settings, reports),
                settings);
    }

    private Camera paced(Camera camera, CameraSettings settings) {
        return settings.realTime() ? new PacedCamera(camera, timekeeper) : camera;
    }

    private Camera recording(Path file, CameraSettings settings, Consumer<CameraReport> reports)
            throws CameraException, InterruptedException {
        VideoSource source = VideoSource.file(file, settings.options());
        ReconnectingCamera camera = reconnecting(source, settings, reports);
        camera.open();
        return camera;
    }

    private ReconnectingCamera reconnecting(
            VideoSource source, CameraSettings settings, Consumer<CameraReport> reports) {
        return new ReconnectingCamera(
                source.label(),
                () -> opened(source, settings, reports),
                reconnect,
                reports,
                timekeeper,
                random);
    }

    private Camera opened(
            VideoSource source, CameraSettings settings, Consumer<CameraReport> reports)
            throws CameraException, InterruptedException {
        FfmpegCamera camera = FfmpegCamera.open(source, settings, timekeeper);
        reports.accept(new CameraReport.Opened(source.label(), camera.description()));
        return camera;
    }
}
