package dev.watchword.job.camera;

/** Is told what happens to cameras. Several threads call it at once. */
@FunctionalInterface
public interface CameraListener {

    /**
     * @param stream whose camera it is about
     */
    void report(String stream, CameraReport report);
}
