package dev.watchword.job.camera;

import dev.watchword.job.retry.Backoff;
import dev.watchword.job.retry.Timekeeper;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A camera that is opened again whenever it fails, after a wait that grows with every failure in a
 * row. Permanent failures, and those of a recording half-way, are passed on.
 */
final class ReconnectingCamera implements Camera {

    /** Opens the camera anew. */
    @FunctionalInterface
    interface Opener {
        Camera open() throws CameraException, InterruptedException;
    }

    private final String source;
    private final Opener opener;
    private final Backoff backoff;
    private final Consumer<CameraReport> reports;
    private final Timekeeper timekeeper;
    private final RandomGenerator random;

    private Optional<Camera> camera = Optional.empty();
    private int failures;

    /**
     * @param source without a password
     * @param reports told of every failure that is followed by another attempt
     */
    ReconnectingCamera(
            String source,
            Opener opener,
            Backoff backoff,
            Consumer<CameraReport> reports,
            Timekeeper timekeeper,
            RandomGenerator random) {
        this.source = source;
        this.opener = opener;
        this.backoff = backoff;
        this.reports = reports;
        this.timekeeper = timekeeper;
        this.random = random;
    }

    /**
     * Opens the camera now instead of at the first picture, and does not try again.
     *
     * @throws CameraException that names the source
     */
    void open() throws CameraException, InterruptedException {
        try {
            camera = Optional.of(opener.open());
        } catch (CameraException failure) {
            throw named(failure);
        }
    }

    @Override
    public boolean isLive() {
        return camera.isEmpty() || camera.get().isLive();
    }

    @Override
    public Optional<CapturedFrame> next() throws CameraException, InterruptedException {
        while (true) {
            try {
                if (camera.isEmpty()) {
                    camera = Optional.of(opener.open());
                }
                Optional<CapturedFrame> frame = camera.get().next();
                failures = 0;
                return frame;
            } catch (CameraException failure) {
                boolean isOver = failure.isPermanent() || !isLive();
                close();
                if (isOver) {
                    throw named(failure);
                }
                waitBeforeNextAttempt(failure);
            }
        }
    }

    @Override
    public void close() {
        camera.ifPresent(Camera::close);
        camera = Optional.empty();
    }

    private CameraException named(CameraException failure) {
        return CameraException.permanent(
                "No pictures from %s: %s.".formatted(source, failure.getMessage()));
    }

    private void waitBeforeNextAttempt(CameraException failure) throws InterruptedException {
        failures++;
        Duration wait = backoff.afterAttempt(failures, random);
        reports.accept(new CameraReport.Retrying(source, failures, failure.getMessage(), wait));
        timekeeper.sleep(wait);
    }
}
