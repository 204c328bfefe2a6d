package dev.watchword.job.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.function.IntFunction;
import javax.imageio.ImageIO;

/** Draws pictures for tests and looks at them. */
final class Pictures {

    static final Color RED = new Color(220, 30, 20);
    static final Color BLUE = new Color(20, 40, 230);
    static final Color GREEN = new Color(20, 180, 60);

    private Pictures() {}

    /** A red picture whose right half is blue. */
    static BufferedImage redAndBlue(int width, int height) {
        BufferedImage image = plain(width, height, RED);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(BLUE);
        graphics.fillRect(width / 2, 0, width - width / 2, height);
        graphics.dispose();
        return image;
    }

    static BufferedImage plain(int width, int height, Color color) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(color);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        return image;
    }

    /** A picture that no encoder makes small. */
    static BufferedImage noise(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Random random = new Random(3);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        return image;
    }

    /** A scene that tells its index: the whole picture is one of 16 greys. */
    static IntFunction<BufferedImage> greys(int width, int height) {
        return index -> plain(width, height, grey(index));
    }

    static Color grey(int index) {
        int level = 10 + index % 16 * 15;
        return new Color(level, level, level);
    }

    static byte[] jpeg(BufferedImage image) {
        return JpegEncoder.encode(image, 90).bytes();
    }

    static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    static BufferedImage decoded(byte[] picture) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(picture));
    }

    /** Fails if the pixel is further than 20 levels off in red, green or blue. */
    static void assertColor(BufferedImage image, int x, int y, Color expected) {
        Color actual = new Color(image.getRGB(x, y));
        assertThat(
                        new Integer[] {
                            Math.abs(actual.getRed() - expected.getRed()),
                            Math.abs(actual.getGreen() - expected.getGreen()),
                            Math.abs(actual.getBlue() - expected.getBlue())
                        })
                .as("%s at %d, %d is like %s", actual, x, y, expected)
                .allMatch(difference -> difference <= 20);
    }
}
