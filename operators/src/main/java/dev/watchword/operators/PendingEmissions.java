package dev.watchword.operators;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps what is emitted in order within a stream while its parts get ready in any order. Streams do
 * not wait for each other. Used on the task's thread alone.
 *
 * @param <T> what is emitted
 */
final class PendingEmissions<T> {
    private final Map<String, ArrayDeque<Slot<T>>> streams = new HashMap<>();

    /**
     * A place in a stream's order.
     *
     * @param <T> what is emitted
     */
    static final class Slot<T> {
        private boolean ready;
        private Optional<T> value = Optional.empty();

        private Slot() {}

        /** Says what stands here; empty where nothing is to be emitted. */
        void fill(Optional<T> what) {
            ready = true;
            value = what;
        }

        /** What stands here; empty where nothing is to be emitted, or nothing is known yet. */
        Optional<T> value() {
            return value;
        }
    }

    /** Takes the next place of a stream. */
    Slot<T> reserve(String stream) {
        Slot<T> slot = new Slot<>();
        streams.computeIfAbsent(stream, key -> new ArrayDeque<>()).add(slot);
        return slot;
    }

    /** Whether something of the stream is still waited for. */
    boolean isWaiting(String stream) {
        return streams.containsKey(stream);
    }

    /** The next place of which something may be emitted; empty if there is none yet, or none left. */
    Optional<Slot<T>> poll(String stream) {
        ArrayDeque<Slot<T>> slots = streams.get(stream);
        while (slots != null && !slots.isEmpty() && slots.peek().ready) {
            Slot<T> slot = slots.poll();
            if (slots.isEmpty()) {
                streams.remove(stream);
            }
            if (slot.value.isPresent()) {
                return Optional.of(slot);
            }
        }
        return Optional.empty();
    }
}
