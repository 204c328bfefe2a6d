package dev.watchword.model.picture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** One of Java's own picture readers, whatever plug-ins are on the class path. */
final class PlatformReader {
    private PlatformReader() {}

    /** What is done with a reader whose input is set. */
    @FunctionalInterface
    interface Use<T> {
        T apply(ImageReader reader) throws IOException;
    }

    /**
     * Reads from bytes in memory; no temporary file is made.
     *
     * @param warnings hears of damage that the reader passes over
     * @throws UndecodablePictureException if the reader fails in any way
     */
    static <T> T read(String format, byte[] file, IIOReadWarningListener warnings, Use<T> use)
            throws UndecodablePictureException {
        ImageReader reader = find(format);
        try (MemoryCacheImageInputStream input =
                new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.addIIOReadWarningListener(warnings);
            reader.setInput(input, true, true);
            return use.apply(reader);
        } catch (IOException | RuntimeException failure) {
            // The readers answer damaged data with runtime exceptions of many kinds too.
            throw new UndecodablePictureException(
                    "The " + format + " is damaged: " + failure.getMessage() + "; send it anew",
                    failure);
        } finally {
            reader.dispose();
        }
    }

    private static ImageReader find(String format) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (reader.getClass().getModule() == ImageIO.class.getModule()) {
                return reader;
            }
        }
        throw new IllegalStateException(
                "This Java has no " + format + " reader; use one with the module java.desktop");
    }
}
