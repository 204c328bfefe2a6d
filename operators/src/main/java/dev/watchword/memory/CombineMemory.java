package dev.watchword.memory;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;

/**
 * A question about several streams together in keyed state, and what has come of the streams for it.
 * Every method concerns the question that is the current key, and is called on the task's thread.
 *
 * <p>State, for each question: {@code question} the {@link CombinedQuestion}; {@code parts} stream to
 * {@link StreamPart}; {@code size} the bytes of their frames; {@code settled} until when parts are
 * not taken, since the question is answered.
 */
public final class CombineMemory {
    /** The state, named here so that all questions can be found after a restart. */
    public static final ValueStateDescriptor<byte[]> QUESTION =
            new ValueStateDescriptor<>("question", byte[].class);

    private final ValueState<byte[]> question;
    private final MapState<String, byte[]> parts;
    private final ValueState<Long> size;
    private final ValueState<Long> settled;

    /** Opens the state. */
    public CombineMemory(KeyedStateStore store) {
        this.question = store.getState(QUESTION);
        this.parts =
                store.getMapState(new MapStateDescriptor<>("parts", String.class, byte[].class));
        this.size = store.getState(new ValueStateDescriptor<>("size", Long.class));
        this.settled = store.getState(new ValueStateDescriptor<>("settled", Long.class));
    }

    /** The question, while it is not answered. */
    public Optional<CombinedQuestion> question() throws Exception {
        return Optional.ofNullable(question.value())
                .map(state -> StateCodecs.decode(StateCodecs.COMBINED_QUESTION, state));
    }

    /** Keeps the question, or its change. */
    public void keep(CombinedQuestion changed) throws Exception {
        question.update(StateCodecs.COMBINED_QUESTION.encode(changed));
        settled.clear();
    }

    /** Keeps the part of a stream; the first that comes counts. */
    public void put(StreamPart part) throws Exception {
        if (!parts.contains(part.getStream())) {
            size.update(size() + part.getSize());
            parts.put(part.getStream(), StateCodecs.PART.encode(part));
        }
    }

    /** Of which streams parts have come. */
    public Set<String> streams() throws Exception {
        Set<String> streams = new HashSet<>();
        parts.keys().forEach(streams::add);
        return streams;
    }

    /** The parts that have come, by their streams. */
    public Map<String, StreamPart> parts() throws Exception {
        Map<String, StreamPart> decoded = new HashMap<>();
        for (Map.Entry<String, byte[]> part : parts.entries()) {
            decoded.put(part.getKey(), StateCodecs.decode(StateCodecs.PART, part.getValue()));
        }
        return decoded;
    }

    /** How many bytes the frames of all parts have. */
    public long size() throws Exception {
        return size.value() == null ? 0 : size.value();
    }

    /** Ends the question, and lets parts of it that come until then be dropped. */
    public void settle(Instant until) throws Exception {
        forget();
        settled.update(until.toEpochMilli());
    }

    /** Whether parts that come now are dropped. */
    public boolean isSettled(Instant now) throws Exception {
        return settled.value() != null && now.toEpochMilli() < settled.value();
    }

    /** Drops all that there is of the question. */
    public void forget() throws Exception {
        question.clear();
        parts.clear();
        size.clear();
        settled.clear();
    }
}
