package dev.watchword.model.safetensors;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Collects tensors and writes them to a safetensors file. The same tensors give the same bytes,
 * whatever the order in which they were added: wider types lie first, so that every tensor is
 * aligned to its type, and names are sorted.
 *
 * <p>For one thread.
 */
public final class SafetensorsWriter {
    private static final int ALIGNMENT = 8;
    private static final Comparator<Planned> FILE_ORDER =
            Comparator.comparingInt((Planned tensor) -> -tensor.type.bytes())
                    .thenComparing(Planned::name);

    private final Map<String, Planned> tensors = new TreeMap<>();
    private final Map<String, String> metadata = new TreeMap<>();

    /** Notes something about the file, such as {@code format=pt}. */
    public SafetensorsWriter note(String key, String value) {
        metadata.put(key, value);
        return this;
    }

    /**
     * Adds a tensor.
     *
     * @param shape dimensions, outermost first
     * @param bytes from position to limit, little-endian; kept, and neither changed nor copied
     * @throws IllegalArgumentException if the name is taken, or the bytes are not as many as shape
     *     and type say
     */
    public SafetensorsWriter add(String name, StoredType type, List<Long> shape, ByteBuffer bytes) {
        Planned planned = new Planned(name, type, shape, file -> writeWhole(bytes, file));
        if (planned.byteLength() != bytes.remaining()) {
            throw new IllegalArgumentException(
                    "Tensor \""
                            + name
                            + "\" needs "
                            + planned.byteLength()
                            + " bytes and was given "
                            + bytes.remaining());
        }
        return add(planned);
    }

    /**
     * Adds a tensor whose bytes are asked for during {@link #write}.
     *
     * @throws IllegalArgumentException if the name is taken
     */
    public SafetensorsWriter add(
            String name, StoredType type, List<Long> shape, TensorSource source) {
        return add(new Planned(name, type, shape, source));
    }

    /**
     * Writes the file. It appears under its name only once it is whole; one that was there is
     * replaced.
     *
     * @throws IOException if the file cannot be written, or a source gives too few or too many bytes
     */
    public void write(Path file) throws IOException {
        List<Planned> ordered = tensors.values().stream().sorted(FILE_ORDER).toList();
        ByteBuffer header = header(ordered);
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        try {
            try (FileChannel channel =
                    FileChannel.open(
                            partial,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE)) {
                writeWhole(header, channel);
                for (Planned tensor : ordered) {
                    tensor.write(channel);
                }
                channel.force(true);
            }
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private SafetensorsWriter add(Planned planned) {
        if (planned.name.equals(HeaderJson.METADATA)) {
            throw new IllegalArgumentException(
                    "The format keeps the name " + HeaderJson.METADATA + " for itself");
        }
        if (tensors.putIfAbsent(planned.name, planned) != null) {
            throw new IllegalArgumentException(
                    "There is already a tensor \"" + planned.name + "\"");
        }
        return this;
    }

    /** The header's length and the header, padded with spaces. */
    private ByteBuffer header(Collection<Planned> ordered) throws IOException {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        try (JsonGenerator generator = new JsonFactory().createGenerator(json, JsonEncoding.UTF8)) {
            generator.writeStartObject();
            writeMetadata(generator);
            long offset = 0;
            for (Planned tensor : ordered) {
                tensor.describe(generator, offset);
                offset = Math.addExact(offset, tensor.byteLength());
            }
            generator.writeEndObject();
        }
        while (json.size() % ALIGNMENT != 0) {
            json.write(' ');
        }
        if (json.size() > SafetensorsHeader.LARGEST_BYTES) {
            throw new IOException(
                    "The header would have "
                            + json.size()
                            + " bytes; the format's limit is "
                            + SafetensorsHeader.LARGEST_BYTES);
        }
        return ByteBuffer.allocate(SafetensorsHeader.LENGTH_BYTES + json.size())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.size())
                .put(json.toByteArray())
                .flip();
    }

    private void writeMetadata(JsonGenerator generator) throws IOException {
        if (metadata.isEmpty()) {
            return;
        }
        generator.writeObjectFieldStart(HeaderJson.METADATA);
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            generator.writeStringField(entry.getKey(), entry.getValue());
        }
        generator.writeEndObject();
    }

    private static void writeWhole(ByteBuffer bytes, WritableByteChannel channel)
            throws IOException {
        ByteBuffer rest = bytes.duplicate();
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    private record Planned(
            String name, StoredType type, List<Long> shape, TensorSource source, long byteLength) {
        Planned(String name, StoredType type, List<Long> shape, TensorSource source) {
            this(name, type, List.copyOf(shape), source, bytesOf(name, type, shape));
        }

        void write(FileChannel channel) throws IOException {
            long start = channel.position();
            source.writeTo(channel);
            long written = channel.position() - start;
            if (written != byteLength) {
                throw new IOException(
                        "The source of tensor \""
                                + name
                                + "\" wrote "
                                + written
                                + " bytes instead of "
                                + byteLength);
            }
        }

        void describe(JsonGenerator generator, long offset) throws IOException {
            generator.writeObjectFieldStart(name);
            generator.writeStringField(HeaderJson.TYPE, type.name());
            writeNumbers(generator, HeaderJson.SHAPE, shape);
            writeNumbers(generator, HeaderJson.OFFSETS, List.of(offset, offset + byteLength));
            generator.writeEndObject();
        }

        private static void writeNumbers(JsonGenerator generator, String field, List<Long> numbers)
                throws IOException {
            generator.writeArrayFieldStart(field);
            for (long number : numbers) {
                generator.writeNumber(number);
            }
            generator.writeEndArray();
        }

        private static long bytesOf(String name, StoredType type, List<Long> shape) {
            if (shape.stream().anyMatch(dimension -> dimension < 0)) {
                throw new IllegalArgumentException(
                        "Tensor \"" + name + "\" has a negative dimension: " + shape);
            }
            return type.bytesOf(shape);
        }
    }
}
