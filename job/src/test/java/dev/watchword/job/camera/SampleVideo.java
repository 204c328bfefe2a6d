package dev.watchword.job.camera;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.function.IntFunction;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.FrameRecorder;
import org.bytedeco.javacv.Java2DFrameConverter;

/** Encodes drawn pictures as a video: H.264 where this FFmpeg can, else MPEG-4. */
public final class SampleVideo {

    private static final String H264_ENCODER = "libopenh264";
    private static final String MPEG4_ENCODER = "mpeg4";
    private static final double BITS_PER_PIXEL = 0.4;

    private SampleVideo() {}

    /**
     * Writes a video with a picture that stands by itself every second.
     *
     * @param file whose ending names the container, such as {@code .mp4}
     * @param size of the pictures; even numbers
     * @param framesPerSecond how fast they follow each other
     * @param frames how many
     * @param draw gives the picture of an index from 0; of another size, it is scaled
     * @throws CameraException if FFmpeg does not load or does not write the file
     */
    public static void write(
            Path file,
            Dimension size,
            int framesPerSecond,
            int frames,
            IntFunction<BufferedImage> draw)
            throws CameraException {
        FfmpegLibrary.load();
        if (size.width % 2 != 0 || size.height % 2 != 0) {
            throw new IllegalArgumentException(
                    "A video's width and height are even numbers, not %d x %d."
                            .formatted(size.width, size.height));
        }
        try (FFmpegFrameRecorder recorder =
                        new FFmpegFrameRecorder(file.toFile(), size.width, size.height);
                Java2DFrameConverter converter = new Java2DFrameConverter()) {
            recorder.setVideoCodecName(encoder());
            recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
            recorder.setFrameRate(framesPerSecond);
            recorder.setGopSize(framesPerSecond);
            recorder.setVideoBitrate(
                    (int) (BITS_PER_PIXEL * size.width * size.height * framesPerSecond));
            recorder.start();
            for (int index = 0; index < frames; index++) {
                recorder.record(
                        converter.convert(blueGreenRed(draw.apply(index), size)),
                        avutil.AV_PIX_FMT_BGR24);
            }
        } catch (FrameRecorder.Exception failed) {
            throw CameraException.permanent(
                    "The video %s could not be written: %s".formatted(file, failed.getMessage()));
        }
    }

    private static String encoder() {
        return avcodec.avcodec_find_encoder_by_name(H264_ENCODER) != null
                ? H264_ENCODER
                : MPEG4_ENCODER;
    }

    private static BufferedImage blueGreenRed(BufferedImage image, Dimension size) {
        BufferedImage converted =
                new BufferedImage(size.width, size.height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = converted.createGraphics();
        graphics.drawImage(image, 0, 0, size.width, size.height, null);
        graphics.dispose();
        return converted;
    }
}
