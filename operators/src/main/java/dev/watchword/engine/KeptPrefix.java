package dev.watchword.engine;

import dev.watchword.model.LlavaMini;
import dev.watchword.model.Prefix;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A history as the engine keeps it: the prefix that the decoder has read, and the tokens of frames
 * that came since. Frames are added by any thread; the rest is the device's thread's.
 */
final class KeptPrefix {
    private final LlavaMini network;

    // Guarded by this.
    private final ArrayDeque<byte[]> unread = new ArrayDeque<>();
    private int frames;

    /** Texts between the frames that are not read yet, in their order. */
    private final ArrayDeque<TextBetween> texts = new ArrayDeque<>();

    private Prefix prefix;
    private boolean broken;

    /**
     * Text in front of one of several histories.
     *
     * @param frame in front of which frame it stands, counted from 0
     * @param text as the decoder gets it [L, D]; of a scope that lives until it is read
     * @param name the tokens of the history's name, with which its frames are marked
     */
    record TextBetween(int frame, Tensor text, long[] name) {}

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
     * Begins to read several histories.
     *
     * @param front the text in front of the first
     * @param name the tokens of the first one's name
     * @param between what stands between them
     */
    void begin(Tensor front, long[] name, List<TextBetween> between) {
        long text = between.stream().mapToLong(each -> each.text().size(0)).sum();
        int room = Math.toIntExact(text / network.config().visionTokens() + 1);
        prefix = network.newPrefix(front, frames() + room);
        prefix.beginStream(name);
        texts.addAll(between);
    }

    /**
     * Reads up to {@code most} of the frames that are not read, in one pass.
     *
     * @throws IllegalStateException if reading failed before
     */
    void read(int most) {
        boolean atText = !texts.isEmpty() && texts.peek().frame() == prefix.frames();
        Optional<TextBetween> text = atText ? Optional.of(texts.poll()) : Optional.empty();
        int upToText =
                texts.isEmpty() ? most : Math.min(most, texts.peek().frame() - prefix.frames());
        List<byte[]> next = new ArrayList<>();
        synchronized (this) {
            while (next.size() < upToText && !unread.isEmpty()) {
                next.add(unread.poll());
            }
        }
        if (broken) {
            throw new IllegalStateException("Reading the history failed before.");
        }
        // Until they are read: what failed half way cannot be gone on with.
        broken = true;
        try (TensorScope scope = network.newScope()) {
            text.ifPresent(this::readText);
            prefix.append(network.keptTokens(scope, next));
        }
        broken = false;
    }

    private void readText(TextBetween text) {
        prefix.appendText(text.text());
        prefix.beginStream(text.name());
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
