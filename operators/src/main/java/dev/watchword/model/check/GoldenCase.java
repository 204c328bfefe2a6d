package dev.watchword.model.check;

import dev.watchword.model.ModelFileException;
import dev.watchword.model.safetensors.SafetensorsFile;
import dev.watchword.model.safetensors.StoredType;
import dev.watchword.model.safetensors.TensorEntry;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The tensors of one golden case: the input, and what each stage must give for it. */
final class GoldenCase implements AutoCloseable {
    private final Path path;
    private final SafetensorsFile file;

    GoldenCase(Path path) {
        this.path = path;
        this.file = SafetensorsFile.open(path);
    }

    String name() {
        String name = path.getFileName().toString();
        return name.substring(0, name.length() - ".safetensors".length());
    }

    boolean has(String tensor) {
        return file.tensors().containsKey(tensor);
    }

    long[] shape(String tensor) {
        return entry(tensor).shape().stream().mapToLong(Long::longValue).toArray();
    }

    float[] floats(String tensor) {
        TensorEntry entry = entry(tensor);
        ByteBuffer bytes = typed(entry, StoredType.F32);
        float[] numbers = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(numbers);
        return numbers;
    }

    long[] longs(String tensor) {
        TensorEntry entry = entry(tensor);
        ByteBuffer bytes = typed(entry, StoredType.I64);
        long[] numbers = new long[bytes.remaining() / Long.BYTES];
        bytes.asLongBuffer().get(numbers);
        return numbers;
    }

    private ByteBuffer typed(TensorEntry entry, StoredType type) {
        if (entry.type() != type) {
            throw ModelFileException.ofTensor(
                    path, entry.name(), "is stored as " + entry.type() + ", not as " + type);
        }
        return file.map(entry);
    }

    private TensorEntry entry(String tensor) {
        TensorEntry entry = file.tensors().get(tensor);
        if (entry == null) {
            throw ModelFileException.ofTensor(path, tensor, "is missing");
        }
        return entry;
    }

    @Override
    public void close() {
        file.close();
    }
}
