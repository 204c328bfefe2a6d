package dev.watchword.model.safetensors;

import dev.watchword.model.ModelFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * A safetensors file, open for reading. Its header has been checked whole: every tensor lies inside
 * the file, has as many bytes as its shape and type say, and shares none with another.
 *
 * <p>Any thread may call it. Mapped buffers outlive {@link #close()}.
 */
public final class SafetensorsFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private final SafetensorsHeader header;

    private SafetensorsFile(Path path, FileChannel channel, SafetensorsHeader header) {
        this.path = path;
        this.channel = channel;
        this.header = header;
    }

    /**
     * Opens a file and checks its header. What a header claims takes no memory before it is checked
     * against the file's size.
     *
     * @throws ModelFileException if the file is missing, cannot be read, or is not as the format
     *     says
     */
    public static SafetensorsFile open(Path path) {
        FileChannel channel = openChannel(path);
        try {
            return new SafetensorsFile(path, channel, SafetensorsHeader.read(path, channel));
        } catch (IOException unreadable) {
            closeAfter(unreadable, channel);
            throw new ModelFileException(path, "cannot be read", unreadable);
        } catch (RuntimeException refused) {
            closeAfter(refused, channel);
            throw refused;
        }
    }

    /** The tensors by name, in the order in which they lie in the file. */
    public Map<String, TensorEntry> tensors() {
        return header.tensors();
    }

    /** What the writer noted about the file; often {@code format=pt}. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /**
     * The bytes of a tensor, mapped from the file: read-only, little-endian, position 0 at the first
     * byte. Memory is only used for pages that are touched.
     *
     * @param entry one of {@link #tensors()}
     * @throws ModelFileException if the tensor has 2 GiB or more, which one buffer cannot hold, or
     *     the file can no longer be read
     */
    public ByteBuffer map(TensorEntry entry) {
        if (!entry.equals(header.tensors().get(entry.name()))) {
            throw new IllegalArgumentException("Not a tensor of " + path + ": " + entry);
        }
        if (entry.byteLength() > Integer.MAX_VALUE) {
            throw ModelFileException.ofTensor(
                    path,
                    entry.name(),
                    "has "
                            + entry.byteLength()
                            + " bytes; a tensor of 2 GiB or more cannot be mapped: store it in a"
                            + " smaller type or split it");
        }
        try {
            return channel.map(MapMode.READ_ONLY, entry.offset(), entry.byteLength())
                    .order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException unreadable) {
            throw ModelFileException.ofTensor(path, entry.name(), "cannot be mapped", unreadable);
        }
    }

    /**
     * @throws ModelFileException if the system reports an error
     */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw new ModelFileException(path, "cannot be closed", failure);
        }
    }

    private static FileChannel openChannel(Path path) {
        try {
            return FileChannel.open(path, StandardOpenOption.READ);
        } catch (NoSuchFileException missing) {
            throw new ModelFileException(path, "is missing", missing);
        } catch (IOException unreadable) {
            throw new ModelFileException(path, "cannot be opened", unreadable);
        }
    }

    private static void closeAfter(Exception cause, FileChannel channel) {
        try {
            channel.close();
        } catch (IOException failure) {
            cause.addSuppressed(failure);
        }
    }
}
