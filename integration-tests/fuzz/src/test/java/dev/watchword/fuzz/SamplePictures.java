package dev.watchword.fuzz;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Small pictures of every kind that the platform writes. */
final class SamplePictures {
    private static final int WIDTH = 40;
    private static final int HEIGHT = 24;

    private SamplePictures() {}

    static List<byte[]> all() {
        return List.of(
                jpeg(false),
                jpeg(true),
                written("jpg", ImageWriteParam.MODE_DISABLED, BufferedImage.TYPE_BYTE_GRAY),
                png(ImageWriteParam.MODE_DISABLED, BufferedImage.TYPE_INT_RGB),
                png(ImageWriteParam.MODE_DEFAULT, BufferedImage.TYPE_INT_ARGB),
                png(ImageWriteParam.MODE_DISABLED, BufferedImage.TYPE_BYTE_INDEXED),
                png(ImageWriteParam.MODE_DEFAULT, BufferedImage.TYPE_USHORT_GRAY),
                png(ImageWriteParam.MODE_DISABLED, BufferedImage.TYPE_BYTE_BINARY));
    }

    private static byte[] jpeg(boolean progressive) {
        return written(
                "jpg",
                progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED,
                BufferedImage.TYPE_INT_RGB);
    }

    private static byte[] png(int interlacing, int type) {
        return written("png", interlacing, type);
    }

    /**
     * @param progressive in a JPEG's scans, or a PNG's interlacing; see {@link ImageWriteParam}
     */
    private static byte[] written(String format, int progressive, int type) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream output = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setProgressiveMode(progressive);
            writer.setOutput(output);
            writer.write(null, new IIOImage(drawn(type), null, null), parameters);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static BufferedImage drawn(int type) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
        for (int row = 0; row < HEIGHT; row++) {
            for (int column = 0; column < WIDTH; column++) {
                image.setRGB(column, row, 0xFF000000 | column * 6 << 16 | row * 10 << 8 | 90);
            }
        }
        return image;
    }
}
