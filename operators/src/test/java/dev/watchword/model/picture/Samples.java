package dev.watchword.model.picture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** The pictures in the test resources, and damaged ones made of them. */
final class Samples {
    private static final int HEADER_CHUNK = 8;
    private static final int AFTER_HEADER_CHUNK = HEADER_CHUNK + 25;

    private Samples() {}

    static Stream<String> names() {
        try (Stream<Path> files = Files.list(folder("/pictures"))) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jpg") || name.endsWith(".png"))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(folder("/pictures").resolve(name));
    }

    static Path folder(String resource) {
        try {
            return Path.of(Samples.class.getResource(resource).toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A PNG whose header has another size, and is right in everything else. */
    static byte[] pngWithSize(int width, int height) throws IOException {
        byte[] png = bytes("png-rgb.png");
        ByteBuffer.wrap(png).putInt(HEADER_CHUNK + 8, width).putInt(HEADER_CHUNK + 12, height);
        renewChecksums(png);
        return png;
    }

    static byte[] jpegWithSize(String name, int width, int height) throws IOException {
        byte[] jpeg = bytes(name);
        int header = frameHeader(jpeg);
        ByteBuffer.wrap(jpeg)
                .putShort(header + 5, (short) height)
                .putShort(header + 7, (short) width);
        return jpeg;
    }

    /** Where the marker of the frame header is. */
    static int frameHeader(byte[] jpeg) {
        for (int at = 0; ; at++) {
            if (jpeg[at] == (byte) 0xFF
                    && (jpeg[at + 1] == (byte) 0xC0 || jpeg[at + 1] == (byte) 0xC2)) {
                return at;
            }
        }
    }

    static byte[] withLastScanRepeated(String name, int times) throws IOException {
        byte[] jpeg = bytes(name);
        int scan = jpeg.length - 2;
        while (jpeg[scan] != (byte) 0xFF || jpeg[scan + 1] != (byte) 0xDA) {
            scan--;
        }
        ByteArrayOutputStream longer = new ByteArrayOutputStream();
        longer.write(jpeg, 0, scan);
        for (int time = 0; time < times; time++) {
            longer.write(jpeg, scan, jpeg.length - 2 - scan);
        }
        longer.write(jpeg, jpeg.length - 2, 2);
        return longer.toByteArray();
    }

    /** With one more chunk behind the header. */
    static byte[] withChunk(String name, String type, byte[] data) throws IOException {
        byte[] png = bytes(name);
        ByteBuffer longer = ByteBuffer.allocate(png.length + 12 + data.length);
        longer.put(png, 0, AFTER_HEADER_CHUNK)
                .putInt(data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .putInt(0)
                .put(png, AFTER_HEADER_CHUNK, png.length - AFTER_HEADER_CHUNK);
        renewChecksums(longer.array());
        return longer.array();
    }

    /** As far as the chunks' lengths can be followed. */
    static void renewChecksums(byte[] png) {
        ByteBuffer file = ByteBuffer.wrap(png);
        int chunk = HEADER_CHUNK;
        while (chunk + 12 <= png.length) {
            int length = file.getInt(chunk);
            if (length < 0 || length > png.length - chunk - 12) {
                return;
            }
            CRC32 checksum = new CRC32();
            checksum.update(png, chunk + 4, 4 + length);
            file.putInt(chunk + 8 + length, (int) checksum.getValue());
            chunk += 12 + length;
        }
    }
}
