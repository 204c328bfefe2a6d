package dev.watchword.model.picture;

import dev.watchword.model.picture.PngFile.Colours;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;

/** Walks the chunks of a PNG file once and keeps those that pixels need. */
final class PngParser {
    private static final int HEADER = 0x49484452;
    private static final int PALETTE = 0x504C5445;
    private static final int DATA = 0x49444154;
    private static final int END = 0x49454E44;

    private static final int HEADER_BYTES = 13;
    private static final int MOST_PALETTE_BYTES = 3 * 256;

    private final byte[] encoded;
    private final ByteBuffer file;
    private final ByteArrayOutputStream essential;
    private byte[] palette = {};
    private long dataBytes;

    PngParser(byte[] encoded) {
        this.encoded = encoded;
        this.file = ByteBuffer.wrap(encoded).position(PngFile.signatureBytes());
        this.essential = new ByteArrayOutputStream(encoded.length);
        this.essential.write(encoded, 0, file.position());
    }

    PngFile parse() throws UndecodablePictureException {
        Chunk header = nextChunk();
        if (header.type != HEADER || header.length != HEADER_BYTES) {
            throw damaged("it does not start with its header");
        }
        keep(header);
        long width = Integer.toUnsignedLong(file.getInt(header.start));
        long height = Integer.toUnsignedLong(file.getInt(header.start + 4));
        int depth = file.get(header.start + 8);
        Colours colours = colours(file.get(header.start + 9), depth);
        Chunk chunk = nextChunk();
        for (; chunk.type != END; chunk = nextChunk()) {
            if (chunk.type == DATA) {
                keep(chunk);
                dataBytes += chunk.length;
            } else if (chunk.type == PALETTE && colours == Colours.PALETTE) {
                keepPalette(chunk);
            }
        }
        keep(chunk);
        if (dataBytes == 0 || colours == Colours.PALETTE && palette.length == 0) {
            throw damaged("it has no data or no palette");
        }
        return new PngFile(
                width, height, depth, colours, palette, dataBytes, essential.toByteArray());
    }

    /** A chunk that lies in the file whole; its checksum is not looked at. */
    private Chunk nextChunk() throws UndecodablePictureException {
        if (file.remaining() < 3 * Integer.BYTES) {
            throw cutOff();
        }
        int length = file.getInt();
        int type = file.getInt();
        if (length < 0 || length > file.remaining() - Integer.BYTES) {
            throw cutOff();
        }
        Chunk chunk = new Chunk(type, file.position(), length);
        file.position(chunk.start + length + Integer.BYTES);
        return chunk;
    }

    private void keepPalette(Chunk chunk) throws UndecodablePictureException {
        if (palette.length > 0
                || chunk.length % 3 != 0
                || chunk.length > MOST_PALETTE_BYTES
                || dataBytes > 0) {
            throw damaged("its palette is not as it must be");
        }
        palette = Arrays.copyOfRange(encoded, chunk.start, chunk.start + chunk.length);
        keep(chunk);
    }

    private void keep(Chunk chunk) throws UndecodablePictureException {
        int afterLength = chunk.start - Integer.BYTES;
        CRC32 checksum = new CRC32();
        checksum.update(encoded, afterLength, Integer.BYTES + chunk.length);
        if ((int) checksum.getValue() != file.getInt(chunk.start + chunk.length)) {
            throw damaged("a checksum is wrong");
        }
        essential.write(encoded, afterLength - Integer.BYTES, 3 * Integer.BYTES + chunk.length);
    }

    private static Colours colours(int code, int depth) throws UndecodablePictureException {
        for (Colours colours : Colours.values()) {
            if (colours.code() == code && colours.allows(depth)) {
                return colours;
            }
        }
        throw damaged("its header names colour type " + code + " with " + depth + " bits");
    }

    private static UndecodablePictureException cutOff() {
        return new UndecodablePictureException(
                "The PNG is cut off: its end is missing; send it whole");
    }

    private static UndecodablePictureException damaged(String problem) {
        return new UndecodablePictureException("The PNG is damaged: " + problem + "; send it anew");
    }

    /**
     * @param start of its data in the file
     */
    private record Chunk(int type, int start, int length) {}
}
