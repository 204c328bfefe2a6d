package dev.watchword.job.camera;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A live camera that gives a picture whenever the test gives one to it. */
final class GatedCamera implements Camera {

    private final BlockingQueue<Optional<CapturedFrame>> frames = new LinkedBlockingQueue<>();
    private boolean waits;

    void give(CapturedFrame frame) {
        frames.add(Optional.of(frame));
    }

    void end() {
        frames.add(Optional.empty());
    }

    /** Waits until someone has taken all there was and asks for more. */
    synchronized void awaitTaken() throws InterruptedException {
        while (!waits || !frames.isEmpty()) {
            wait(20);
        }
    }

    @Override
    public Optional<CapturedFrame> next() throws InterruptedException {
        setWaits(frames.isEmpty());
        Optional<CapturedFrame> frame = frames.take();
        setWaits(false);
        return frame;
    }

    @Override
    public boolean isLive() {
        return true;
    }

    @Override
    public void close() {}

    private synchronized void setWaits(boolean now) {
        waits = now;
        notifyAll();
    }
}
