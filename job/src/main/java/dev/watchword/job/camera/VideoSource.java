package dev.watchword.job.camera;

import dev.watchword.engine.ShownAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What FFmpeg opens.
 *
 * @param url as FFmpeg wants it
 * @param label as people know it; without a password
 * @param demuxer FFmpeg's name for the input format, where it must be told
 * @param options FFmpeg's options for the demuxer and the protocol
 * @param isFile whether it is a file, which ends, and need not be waited for
 */
record VideoSource(
        String url,
        String label,
        Optional<String> demuxer,
        Map<String, String> options,
        boolean isFile) {

    VideoSource {
        options = Map.copyOf(options);
    }

    static VideoSource file(Path file, Map<String, String> options) {
        // With the protocol named, no file name can be taken for a protocol.
        String url = "file:" + file.toAbsolutePath();
        return new VideoSource(url, file.toString(), Optional.empty(), options, true);
    }

    /** An address such as {@code rtsp://HOST/PATH}. Given options win. */
    static VideoSource network(String address, Map<String, String> given) {
        Map<String, String> options = new HashMap<>();
        if (address.startsWith("rtsp")) {
            // Over UDP lost packets spoil pictures, and firewalls stop them.
            options.put("rtsp_transport", "tcp");
            options.put("allowed_media_types", "video");
        }
        options.putAll(given);
        return new VideoSource(address, ShownAddress.of(address), Optional.empty(), options, false);
    }

    /** A webcam: {@code /dev/videoN}. */
    static VideoSource device(String device, Map<String, String> options) {
        return new VideoSource(device, device, Optional.of("v4l2"), options, false);
    }
}
