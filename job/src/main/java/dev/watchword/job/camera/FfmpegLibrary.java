package dev.watchword.job.camera;

import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.global.avdevice;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** FFmpeg's native library, loaded once and kept from writing to the console. */
final class FfmpegLibrary {

    /**
     * JavaCPP refuses to allocate when the process takes more memory than a multiple of the heap.
     * Beside mapped weights of many gigabytes that says nothing about FFmpeg.
     */
    private static final String MEMORY_LIMIT_PROPERTY = "org.bytedeco.javacpp.maxPhysicalBytes";

    private static final Logger LOG = LoggerFactory.getLogger(FfmpegLibrary.class);

    private static boolean loaded;

    private FfmpegLibrary() {}

    /** Must have returned before anything else of FFmpeg's is touched. */
    static synchronized void load() throws CameraException {
        if (loaded) {
            return;
        }
        if (System.getProperty(MEMORY_LIMIT_PROPERTY) == null) {
            System.setProperty(MEMORY_LIMIT_PROPERTY, "0");
        }
        try {
            avutil.av_log_set_level(avutil.AV_LOG_QUIET);
            avformat.avformat_network_init();
        } catch (LinkageError missing) {
            throw CameraException.permanent(
                    "FFmpeg's library does not load on this machine (%s, %s): %s"
                            .formatted(
                                    System.getProperty("os.name"),
                                    System.getProperty("os.arch"),
                                    missing.getMessage()));
        }
        registerDevices();
        loaded = true;
    }

    /**
     * Webcams are another library, which needs the system's sound; a machine without it reads all
     * other sources.
     */
    private static void registerDevices() {
        try {
            avdevice.avdevice_register_all();
        } catch (LinkageError missing) {
            LOG.debug("Webcams cannot be read on this machine", missing);
        }
    }

    /** FFmpeg's own words for one of its errors. */
    static String describe(int error) {
        byte[] text = new byte[avutil.AV_ERROR_MAX_STRING_SIZE];
        avutil.av_strerror(error, text, text.length);
        int length = 0;
        while (length < text.length && text[length] != 0) {
            length++;
        }
        return new String(text, 0, length, StandardCharsets.UTF_8);
    }
}
