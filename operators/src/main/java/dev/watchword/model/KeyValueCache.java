package dev.watchword.model;

import dev.watchword.tensor.Script;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorList;
import dev.watchword.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys and values of the tokens that a stack of blocks has seen, for later tokens to attend to:
 * for each layer two tensors [B, key/value heads, capacity, head size]. Grows by doubling.
 *
 * <p>Used from one thread at a time. Its memory is its own and is freed by {@link #close}.
 */
public final class KeyValueCache implements AutoCloseable {
    private final Script script;
    private TensorScope scope;
    private TensorList tensors;
    private final long bytesOfToken;
    private int capacity;
    private int length;

    KeyValueCache(
            Script script,
            TensorScope parent,
            int layers,
            LanguageConfig config,
            long batch,
            int capacity,
            Tensor like) {
        this.script = script;
        this.scope = parent.child();
        this.capacity = Math.max(1, capacity);
        this.bytesOfToken =
                2L
                        * layers
                        * batch
                        * config.keyValueHeads()
                        * config.headSize()
                        * like.bytesOfNumber();
        this.tensors =
                new TensorList(
                        script.callForList(
                                scope,
                                "empty_cache",
                                layers,
                                batch,
                                config.keyValueHeads(),
                                this.capacity,
                                config.headSize(),
                                like));
    }

    private KeyValueCache(
            Script script,
            TensorScope scope,
            List<Tensor> tensors,
            long bytesOfToken,
            int capacity,
            int length) {
        this.script = script;
        this.scope = scope;
        this.tensors = new TensorList(tensors);
        this.bytesOfToken = bytesOfToken;
        this.capacity = capacity;
        this.length = length;
    }

    /** A copy of what one of its sequences has. */
    KeyValueCache copyOf(TensorScope parent, long sequence, long sequences) {
        TensorScope own = parent.child();
        return new KeyValueCache(
                script,
                own,
                script.callForList(own, "one_of_cache", tensors, sequence, length),
                bytesOfToken / sequences,
                length,
                length);
    }

    /**
     * A copy of caches as one of all their sequences.
     *
     * @param caches of one layout
     * @param filled of how many of the first tokens of each
     * @param room for how many further tokens it is made
     */
    static KeyValueCache joined(
            TensorScope parent, List<KeyValueCache> caches, int filled, int room) {
        KeyValueCache first = caches.get(0);
        List<Tensor> all = new ArrayList<>();
        caches.forEach(cache -> all.addAll(cache.tensors.tensors()));
        TensorScope own = parent.child();
        int capacity = Math.addExact(filled, room);
        try (TensorList packed = new TensorList(all)) {
            return new KeyValueCache(
                    first.script,
                    own,
                    first.script.callForList(
                            own, "joined_caches", packed, caches.size(), filled, capacity),
                    caches.stream().mapToLong(cache -> cache.bytesOfToken).sum(),
                    capacity,
                    filled);
        }
    }

    /** How many tokens are in it. */
    public int length() {
        return length;
    }

    /** The bytes that it occupies, filled or not. */
    long bytes() {
        return bytesOfToken * capacity;
    }

    TensorList tensors() {
        return tensors;
    }

    /** Makes room for tokens [B, T, D] behind the last and counts them; gives where they go. */
    int reserve(Tensor tokens) {
        return reserve(Math.toIntExact(tokens.size(1)));
    }

    /** Makes room for tokens behind the last and counts them; gives where they go. */
    int reserve(int count) {
        int at = length;
        int needed = Math.addExact(at, count);
        if (needed > capacity) {
            grow(Math.max(needed, 2 * capacity));
        }
        length = needed;
        return at;
    }

    /** Forgets all but the first {@code newLength} tokens. */
    void truncate(int newLength) {
        length = Math.min(length, newLength);
    }

    private void grow(int larger) {
        TensorScope newScope = scope.sibling();
        TensorList newTensors =
                new TensorList(
                        script.callForList(newScope, "grown_cache", tensors, length, larger));
        close();
        scope = newScope;
        tensors = newTensors;
        capacity = larger;
    }

    @Override
    public void close() {
        tensors.close();
        scope.close();
    }
}
