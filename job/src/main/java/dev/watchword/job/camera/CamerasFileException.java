package dev.watchword.job.camera;

/** A cameras file that cannot be used. The message names the file, the entry and the key. */
public final class CamerasFileException extends Exception {

    public CamerasFileException(String message) {
        super(message);
    }
}
