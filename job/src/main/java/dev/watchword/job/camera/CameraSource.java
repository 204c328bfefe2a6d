package dev.watchword.job.camera;

import dev.watchword.engine.ShownAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What the text of a source means. */
sealed interface CameraSource {

    Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.+");
    String WEBCAM_PREFIX = "/dev/";
    String YARD_PREFIX = "yard:";

    /** An address that FFmpeg opens. */
    record Network(String address) implements CameraSource {}

    /** A webcam. */
    record Webcam(String device) implements CameraSource {}

    /** A video file. */
    record Video(Path file) implements CameraSource {}

    /** A folder of pictures. */
    record Folder(Path folder) implements CameraSource {}

    /** A drawn yard, by the seed of its day. */
    record DrawnYard(long seed) implements CameraSource {}

    /** Whether a source is a path, from some folder on. */
    static boolean isPath(String source) {
        return !source.startsWith(YARD_PREFIX) && !ADDRESS.matcher(source).matches();
    }

    /**
     * Tells them apart.
     *
     * @throws CameraException if it is no address, and there is no such file or folder
     */
    static CameraSource of(String source) throws CameraException {
        if (source.startsWith(YARD_PREFIX)) {
            return yard(source.substring(YARD_PREFIX.length()));
        }
        if (source.startsWith("file://")) {
            return local(source.substring("file://".length()));
        }
        return ADDRESS.matcher(source).matches() ? new Network(source) : local(source);
    }

    private static CameraSource yard(String seed) throws CameraException {
        try {
            return new DrawnYard(Long.parseLong(seed));
        } catch (NumberFormatException malformed) {
            throw CameraException.permanent(
                    "A drawn yard is named by a whole number, as in yard:7, not by \"%s\"."
                            .formatted(seed));
        }
    }

    private static CameraSource local(String source) throws CameraException {
        Path path;
        try {
            path = Path.of(source);
        } catch (InvalidPathException unusable) {
            throw missing(source);
        }
        if (Files.isDirectory(path)) {
            return new Folder(path);
        }
        if (!Files.exists(path)) {
            throw missing(source);
        }
        if (!Files.isReadable(path)) {
            throw CameraException.permanent(source + " may not be read by this user.");
        }
        return source.startsWith(WEBCAM_PREFIX) ? new Webcam(source) : new Video(path);
    }

    private static CameraException missing(String source) {
        return CameraException.permanent(
                "There is no file, folder or device %s; and an address begins with a protocol, as in rtsp://HOST/PATH."
                        .formatted(ShownAddress.of(source)));
    }
}
