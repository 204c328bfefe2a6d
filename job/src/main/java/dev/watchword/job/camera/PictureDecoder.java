package dev.watchword.job.camera;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes JPEG and PNG. */
final class PictureDecoder {

    /** A few bytes can claim a picture larger than the memory. */
    static final long MOST_PIXELS = 100_000_000;

    private PictureDecoder() {}

    /**
     * Gives the picture with 8 bits each of blue, green and red; transparent parts become black.
     *
     * @throws IOException that says what is wrong, if it cannot be decoded or its header claims
     *     more than {@link #MOST_PIXELS}
     */
    static BufferedImage decode(Picture picture) throws IOException {
        try (ImageInputStream input =
                new MemoryCacheImageInputStream(new ByteArrayInputStream(picture.bytes()))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
            if (!readers.hasNext()) {
                throw new IOException("neither JPEG nor PNG");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(input);
                long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
                if (pixels > MOST_PIXELS) {
                    throw new IOException(
                            "%d x %d pixels are too many"
                                    .formatted(reader.getWidth(0), reader.getHeight(0)));
                }
                return asBlueGreenRed(reader.read(0));
            } catch (RuntimeException malformed) {
                throw new IOException("malformed: " + malformed, malformed);
            } finally {
                reader.dispose();
            }
        }
    }

    private static BufferedImage asBlueGreenRed(BufferedImage image) {
        if (image.getType() == BufferedImage.TYPE_3BYTE_BGR) {
            return image;
        }
        BufferedImage converted =
                new BufferedImage(
                        image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = converted.createGraphics();
        graphics.drawImage(image, 0, 0, null);
        graphics.dispose();
        return converted;
    }
}
