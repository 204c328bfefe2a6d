package dev.watchword.job.bench;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A picture such as a camera might send: areas of one colour, edges, and noise over all. */
final class TestCard {
    private static final int SHAPES = 60;
    private static final int NOISE = 9;

    private TestCard() {}

    /** The picture as a JPEG of the platform's usual quality. */
    static byte[] jpeg(SplittableRandom random, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        drawShapes(image, random);
        addNoise(image, random);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(image, "jpeg", out)) {
                throw new IllegalStateException("This Java cannot write JPEG.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Writing a JPEG to memory", e);
        }
        return bytes.toByteArray();
    }

    private static void drawShapes(BufferedImage image, SplittableRandom random) {
        Graphics2D graphics = image.createGraphics();
        for (int i = 0; i < SHAPES; i++) {
            graphics.setColor(new Color(random.nextInt(0x1000000)));
            int x = random.nextInt(image.getWidth());
            int y = random.nextInt(image.getHeight());
            int width = random.nextInt(image.getWidth() / 3);
            int height = random.nextInt(image.getHeight() / 3);
            if (i % 2 == 0) {
                graphics.fillRect(x, y, width, height);
            } else {
                graphics.fillOval(x, y, width, height);
            }
        }
        graphics.dispose();
    }

    private static void addNoise(BufferedImage image, SplittableRandom random) {
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = image.getRGB(x, y);
                int noisy = 0;
                for (int shift = 0; shift <= 16; shift += 8) {
                    int level = (rgb >> shift & 0xFF) + random.nextInt(NOISE) - NOISE / 2;
                    noisy |= Math.max(0, Math.min(255, level)) << shift;
                }
                image.setRGB(x, y, noisy);
            }
        }
    }
}
