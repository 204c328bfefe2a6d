package dev.watchword.job.camera;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Reads a camera in a thread of its own until the camera ends, fails, or this is closed. */
final class CameraReader implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;

    private final BlockingQueue<CapturedFrame> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Optional<Throwable>> outcome = new CompletableFuture<>();
    private final Thread thread;

    CameraReader(Camera camera) {
        this.thread = new Thread(() -> read(camera));
        thread.start();
    }

    CapturedFrame next() throws InterruptedException {
        return Optional.ofNullable(frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .orElseThrow(() -> new AssertionError("No picture came."));
    }

    /** How the reading ended; empty: because the camera did. */
    Optional<Throwable> outcome() throws Exception {
        return outcome.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    void interrupt() {
        thread.interrupt();
    }

    @Override
    public void close() {
        interrupt();
        outcome.join();
    }

    private void read(Camera camera) {
        try (camera) {
            Optional<CapturedFrame> frame = camera.next();
            while (frame.isPresent()) {
                frames.add(frame.get());
                frame = camera.next();
            }
            outcome.complete(Optional.empty());
        } catch (CameraException | InterruptedException | RuntimeException ended) {
            outcome.complete(Optional.of(ended));
        }
    }
}
