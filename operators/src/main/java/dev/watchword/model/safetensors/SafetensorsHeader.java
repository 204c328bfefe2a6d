package dev.watchword.model.safetensors;

import dev.watchword.model.ModelFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The checked header of a file.
 *
 * @param tensors by name, in the order in which they lie in the file
 */
record SafetensorsHeader(Map<String, TensorEntry> tensors, Map<String, String> metadata) {
    /** Before the header: its length, an unsigned little-endian number. */
    static final int LENGTH_BYTES = Long.BYTES;

    /** The format's own limit. */
    static final long LARGEST_BYTES = 100_000_000;

    static SafetensorsHeader read(Path file, FileChannel channel) throws IOException {
        long fileBytes = channel.size();
        if (fileBytes < LENGTH_BYTES) {
            throw new ModelFileException(
                    file, "has " + fileBytes + " bytes, too few for a safetensors file");
        }
        long headerBytes = readAt(file, channel, 0, LENGTH_BYTES).getLong();
        if (headerBytes < 0 || headerBytes > LARGEST_BYTES) {
            throw new ModelFileException(
                    file,
                    "claims a header of "
                            + Long.toUnsignedString(headerBytes)
                            + " bytes; the limit is "
                            + LARGEST_BYTES
                            + ". It is not a safetensors file, or damaged");
        }
        long dataStart = LENGTH_BYTES + headerBytes;
        if (dataStart > fileBytes) {
            throw new ModelFileException(
                    file,
                    "is cut off: its header ends at byte "
                            + dataStart
                            + ", the file at "
                            + fileBytes);
        }
        String text = decode(file, readAt(file, channel, LENGTH_BYTES, (int) headerBytes));
        HeaderJson parsed = HeaderJson.parse(file, text, dataStart);
        return new SafetensorsHeader(
                withoutHoles(file, parsed.tensors(), dataStart, fileBytes), parsed.metadata());
    }

    private static ByteBuffer readAt(Path file, FileChannel channel, long position, int length)
            throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new ModelFileException(file, "became shorter while it was read");
            }
        }
        return bytes.flip();
    }

    private static String decode(Path file, ByteBuffer header) {
        if (!header.hasRemaining() || header.get(0) != '{') {
            throw new ModelFileException(file, "has a header that does not start with '{'");
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(header).toString();
        } catch (CharacterCodingException notText) {
            throw new ModelFileException(file, "has a header that is not UTF-8", notText);
        }
    }

    private static Map<String, TensorEntry> withoutHoles(
            Path file, List<TensorEntry> entries, long dataStart, long fileBytes) {
        List<TensorEntry> ordered =
                entries.stream()
                        .sorted(
                                Comparator.comparingLong(TensorEntry::offset)
                                        .thenComparingLong(TensorEntry::byteLength))
                        .toList();
        Map<String, TensorEntry> tensors = new LinkedHashMap<>();
        long end = dataStart;
        for (TensorEntry entry : ordered) {
            if (entry.offset() != end) {
                throw ModelFileException.ofTensor(
                        file,
                        entry.name(),
                        entry.offset() < end
                                ? "overlaps the tensor before it"
                                : "comes after bytes that belong to no tensor");
            }
            end = entry.offset() + entry.byteLength();
            if (end > fileBytes) {
                throw ModelFileException.ofTensor(
                        file,
                        entry.name(),
                        "ends at byte " + end + ", the file at " + fileBytes + ": it is cut off");
            }
            tensors.put(entry.name(), entry);
        }
        if (end != fileBytes) {
            throw new ModelFileException(
                    file,
                    "has " + (fileBytes - end) + " bytes at its end that belong to no tensor");
        }
        return Collections.unmodifiableMap(tensors);
    }
}
