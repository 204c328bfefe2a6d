package dev.watchword.job.camera;

import java.util.Optional;

/**
 * Gives pictures in the order in which they were taken. One thread uses a camera, from its first
 * picture to its close; to stop a thread that waits for a picture, interrupt it.
 */
public interface Camera extends AutoCloseable {

    /**
     * Waits for the next picture.
     *
     * @return empty when there will be no further one, as at the end of a file
     * @throws CameraException if the camera can give no further picture, although it has not ended
     * @throws InterruptedException if this thread was interrupted; within a fraction of a second
     */
    Optional<CapturedFrame> next() throws CameraException, InterruptedException;

    /**
     * Whether the world goes on while nobody asks for pictures, so that those not taken in time are
     * lost. A recording waits.
     */
    boolean isLive();

    /** Frees what the camera holds. Does nothing a second time. */
    @Override
    void close();
}
