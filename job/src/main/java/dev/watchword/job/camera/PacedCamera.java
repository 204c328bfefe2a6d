package dev.watchword.job.camera;

import dev.watchword.job.retry.Timekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Gives a recording's pictures no sooner than a camera would have: as far apart as they were. */
final class PacedCamera implements Camera {

    private final Camera camera;
    private final Timekeeper timekeeper;

    private Optional<Instant> firstCapture = Optional.empty();
    private long begin;

    PacedCamera(Camera camera, Timekeeper timekeeper) {
        this.camera = camera;
        this.timekeeper = timekeeper;
    }

    @Override
    public boolean isLive() {
        return camera.isLive();
    }

    @Override
    public Optional<CapturedFrame> next() throws CameraException, InterruptedException {
        Optional<CapturedFrame> frame = camera.next();
        if (frame.isPresent() && !camera.isLive()) {
            waitFor(frame.get().capturedAt());
        }
        return frame;
    }

    @Override
    public void close() {
        camera.close();
    }

    private void waitFor(Instant capture) throws InterruptedException {
        if (firstCapture.isEmpty()) {
            firstCapture = Optional.of(capture);
            begin = timekeeper.nanoTime();
        }
        Duration due = Duration.between(firstCapture.get(), capture);
        timekeeper.sleep(due.minusNanos(timekeeper.nanoTime() - begin));
    }
}
