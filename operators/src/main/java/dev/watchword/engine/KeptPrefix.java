package dev.watchword.engine;

import dev.watchword.model.LlavaMini;
import dev.watchword.model.Prefix;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A history as the engine keeps it: the prefix that the decoder has read, and the tokens of frames
 * that came since. Frames are added by any thread; the rest is the device's thread's.
 */
final class KeptPrefix {
    private final LlavaMini network;

    // Guarded by this.
    private final ArrayDeque<byte[]> unread = new ArrayDeque<>();
    private int frames;

    private Prefix prefix;
    private boolean broken;

    KeptPrefix(LlavaMini network, Collection<byte[]> tokens) {
        this.network = network;
        this.unread.addAll(tokens);
        this.frames = tokens.size();
    }

    /** Adds a frame at the end. */
    synchronized void add(byte[] token) {
        unread.add(token);
        frames++;
    }

    /** How many frames it has, read or not. */
    synchronized int frames() {
        return frames;
    }

    /** How many of its frames have not been read. */
    synchronized int unread() {
        return unread.size();
    }

    /** Whether reading has begun. */
    boolean isBegun() {
        return prefix != null;
    }

    /** Begins to read, with the text in front of the frames [L, D]. */
    void begin(Tensor front) {
        prefix = network.newPrefix(front, frames());
    }

    /**
     * Reads up to {@code most} of the frames that are not read, in one pass.
     *
     * @throws IllegalStateException if reading failed before
     */
    void read(int most) {
        List<byte[]> next = new ArrayList<>();
        synchronized (this) {
            while (next.size() < most && !unread.isEmpty()) {
                next.add(unread.poll());
            }
        }
        if (broken) {
            throw new IllegalStateException("Reading the history failed before.");
        }
        // Until they are read: what failed half way cannot be gone on with.
        broken = true;
        try (TensorScope scope = network.newScope()) {
            prefix.append(network.keptTokens(scope, next));
        }
        broken = false;
    }

    /** What has been read. */
    Prefix prefix() {
        return prefix;
    }

    /** The bytes of the device's memory that it takes. */
    long bytes() {
        return prefix == null ? 0 : prefix.bytes();
    }

    /** Frees the device's memory. */
    void close() {
        if (prefix != null) {
            prefix.close();
            prefix = null;
        }
    }
}
