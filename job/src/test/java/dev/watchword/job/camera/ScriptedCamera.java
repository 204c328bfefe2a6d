package dev.watchword.job.camera;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A camera that gives what it was told, then ends. */
final class ScriptedCamera implements Camera {

    private final Deque<CapturedFrame> frames;
    private final boolean live;
    private Optional<CameraException> failure = Optional.empty();
    private boolean closed;

    ScriptedCamera(boolean live, List<CapturedFrame> frames) {
        this.live = live;
        this.frames = new ArrayDeque<>(frames);
    }

    /** Fails instead of ending. */
    ScriptedCamera thenFails(CameraException newFailure) {
        failure = Optional.of(newFailure);
        return this;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public Optional<CapturedFrame> next() throws CameraException {
        if (frames.isEmpty() && failure.isPresent()) {
            throw failure.get();
        }
        return Optional.ofNullable(frames.poll());
    }

    @Override
    public boolean isLive() {
        return live;
    }

    @Override
    public void close() {
        closed = true;
    }
}
