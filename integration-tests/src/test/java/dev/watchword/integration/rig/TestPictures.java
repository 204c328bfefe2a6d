package dev.watchword.integration.rig;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Small encoded pictures. */
public final class TestPictures {
    private static final int TILES = 6;
    private static final int TILE = 12;
    private static final byte[] PNG_SIGNATURE = {
        (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'
    };

    private TestPictures() {}

    /** A patchwork of colours that differs from stream to stream and from frame to frame. */
    public static byte[] of(String stream, long sequence) {
        return encoded(patchwork(stream, sequence, TILES * TILE, TILES * TILE), "jpeg");
    }

    /** The same kind of picture, not square, as PNG. */
    public static byte[] widePng(String stream, long sequence) {
        return encoded(patchwork(stream, sequence, 2 * TILES * TILE, TILES * TILE), "png");
    }

    /** A PNG whose header tells of 60,000 x 60,000 pixels, with data for none. */
    public static byte[] hugePng() {
        try {
            ByteArrayOutputStream header = new ByteArrayOutputStream();
            DataOutputStream fields = new DataOutputStream(header);
            fields.writeInt(60_000);
            fields.writeInt(60_000);
            fields.write(new byte[] {8, 2, 0, 0, 0});
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            png.write(PNG_SIGNATURE);
            png.write(chunk("IHDR", header.toByteArray()));
            png.write(chunk("IDAT", new byte[] {0}));
            png.write(chunk("IEND", new byte[0]));
            return png.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] chunk(String type, byte[] data) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(type.getBytes(StandardCharsets.US_ASCII));
        body.write(data);
        CRC32 checksum = new CRC32();
        checksum.update(body.toByteArray());
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(chunk);
        out.writeInt(data.length);
        out.write(body.toByteArray());
        out.writeInt((int) checksum.getValue());
        return chunk.toByteArray();
    }

    private static BufferedImage patchwork(String stream, long sequence, int width, int height) {
        Random random = new Random(31 * stream.hashCode() + sequence);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        for (int x = 0; x < width; x += TILE) {
            for (int y = 0; y < height; y += TILE) {
                graphics.setColor(new Color(random.nextInt(1 << 24)));
                graphics.fillRect(x, y, TILE, TILE);
            }
        }
        graphics.dispose();
        return image;
    }

    private static byte[] encoded(BufferedImage image, String format) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(image, format, out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
