package dev.watchword.model.safetensors;

import java.util.List;

/**
 * Where one tensor lies in a file.
 *
 * @param shape dimensions, outermost first; empty for a single number; a dimension may be 0
 * @param offset of the first byte, from the start of the file
 * @param byteLength the product of the shape times the type's size
 */
public record TensorEntry(
        String name, StoredType type, List<Long> shape, long offset, long byteLength) {
    public TensorEntry {
        shape = List.copyOf(shape);
    }
}
