package dev.watchword.job.camera;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;

/**
 * Turns decoded pictures of any pixel format into {@link BufferedImage#TYPE_3BYTE_BGR} of the
 * wanted size, with FFmpeg's scaler. {@link FfmpegLibrary#load} must have returned before. Used by
 * one thread.
 */
final class PictureScaler implements AutoCloseable {

    private static final int BYTES_PER_PIXEL = 3;

    private final SwsContext context = swscale.sws_alloc_context();
    private final AVFrame scaled = avutil.av_frame_alloc();
    private boolean closed;

    PictureScaler() {
        context.flags(swscale.SWS_BICUBIC | swscale.SWS_FULL_CHR_H_INT | swscale.SWS_ACCURATE_RND);
    }

    /** Gives the picture as it is to be seen: turned upright, and with square pixels. */
    BufferedImage scaled(AVFrame picture, PictureFormat wanted) throws CameraException {
        int quarterTurns = quarterTurns(picture);
        boolean lies = quarterTurns % 2 == 1;
        Dimension stored = withSquarePixels(picture);
        Dimension size = wanted.sizeOf(lies ? turned(stored) : stored);
        BufferedImage image = converted(picture, lies ? turned(size) : size);
        return quarterTurns == 0 ? image : rotated(image, quarterTurns);
    }

    /** Gives an image of type {@link BufferedImage#TYPE_3BYTE_BGR} in the wanted size. */
    BufferedImage scaled(BufferedImage image, PictureFormat wanted) throws CameraException {
        AVFrame picture = avutil.av_frame_alloc();
        try {
            allocate(picture, new Dimension(image.getWidth(), image.getHeight()));
            byte[] bytes = bytesOf(image);
            int rowBytes = image.getWidth() * BYTES_PER_PIXEL;
            BytePointer rows = picture.data(0);
            for (int row = 0; row < image.getHeight(); row++) {
                rows.position((long) row * picture.linesize(0));
                rows.put(bytes, row * rowBytes, rowBytes);
            }
            return scaled(picture, wanted);
        } finally {
            avutil.av_frame_free(picture);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            avutil.av_frame_free(scaled);
            swscale.sws_free_context(context);
        }
    }

    private BufferedImage converted(AVFrame picture, Dimension size) throws CameraException {
        if (scaled.width() != size.width || scaled.height() != size.height) {
            avutil.av_frame_unref(scaled);
            allocate(scaled, size);
        }
        int result = swscale.sws_scale_frame(context, scaled, picture);
        if (result < 0) {
            throw CameraException.passing(
                    "a picture could not be scaled: " + FfmpegLibrary.describe(result));
        }
        BufferedImage image =
                new BufferedImage(size.width, size.height, BufferedImage.TYPE_3BYTE_BGR);
        byte[] bytes = bytesOf(image);
        int rowBytes = size.width * BYTES_PER_PIXEL;
        BytePointer rows = scaled.data(0);
        for (int row = 0; row < size.height; row++) {
            rows.position((long) row * scaled.linesize(0));
            rows.get(bytes, row * rowBytes, rowBytes);
        }
        return image;
    }

    private static void allocate(AVFrame frame, Dimension size) throws CameraException {
        frame.width(size.width);
        frame.height(size.height);
        frame.format(avutil.AV_PIX_FMT_BGR24);
        frame.colorspace(avutil.AVCOL_SPC_RGB);
        frame.color_range(avutil.AVCOL_RANGE_JPEG);
        int result = avutil.av_frame_get_buffer(frame, 0);
        if (result < 0) {
            throw CameraException.passing(
                    "no memory for a picture of %d x %d: %s"
                            .formatted(size.width, size.height, FfmpegLibrary.describe(result)));
        }
    }

    private static Dimension withSquarePixels(AVFrame picture) {
        AVRational shape = picture.sample_aspect_ratio();
        double widthOfPixel =
                shape.num() > 0 && shape.den() > 0 ? (double) shape.num() / shape.den() : 1;
        int width = (int) Math.max(1, Math.round(picture.width() * widthOfPixel));
        return new Dimension(width, picture.height());
    }

    /** How many quarter turns clockwise set the picture upright, from 0 to 3. */
    private static int quarterTurns(AVFrame picture) {
        AVFrameSideData matrix =
                avutil.av_frame_get_side_data(picture, avutil.AV_FRAME_DATA_DISPLAYMATRIX);
        if (matrix == null || matrix.isNull()) {
            return 0;
        }
        double counterclockwise = avutil.av_display_rotation_get(new IntPointer(matrix.data()));
        return Double.isNaN(counterclockwise)
                ? 0
                : Math.floorMod(Math.round(-counterclockwise / 90), 4);
    }

    private static BufferedImage rotated(BufferedImage image, int quarterTurns) {
        Dimension size = new Dimension(image.getWidth(), image.getHeight());
        Dimension upright = quarterTurns % 2 == 1 ? turned(size) : size;
        BufferedImage result =
                new BufferedImage(upright.width, upright.height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = result.createGraphics();
        graphics.translate(upright.width / 2.0, upright.height / 2.0);
        graphics.rotate(quarterTurns * Math.PI / 2);
        graphics.translate(-size.width / 2.0, -size.height / 2.0);
        graphics.drawImage(image, 0, 0, null);
        graphics.dispose();
        return result;
    }

    private static Dimension turned(Dimension size) {
        return new Dimension(size.height, size.width);
    }

    private static byte[] bytesOf(BufferedImage image) {
        return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }
}
