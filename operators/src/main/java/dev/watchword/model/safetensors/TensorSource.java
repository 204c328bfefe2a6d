package dev.watchword.model.safetensors;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/** Gives the bytes of one tensor when they are to be written, so that not all need be in memory. */
@FunctionalInterface
public interface TensorSource {
    /**
     * Writes all elements in order, the last dimension fastest, little-endian: exactly as many bytes
     * as type and shape say.
     */
    void writeTo(WritableByteChannel file) throws IOException;
}
