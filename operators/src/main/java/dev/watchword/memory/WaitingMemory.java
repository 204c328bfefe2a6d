package dev.watchword.memory;

import java.util.Optional;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;

/**
 * The questions of a stream that wait for a frame of the moment as of which they are asked, in keyed
 * state. Every method concerns the stream that is the current key, and is called on the task's
 * thread.
 *
 * <p>State, for each stream: {@code waiting} query id to {@link WaitingQuery}; {@code waiting-parts}
 * the same of parts of questions about several streams together, which are known by their keys.
 */
public final class WaitingMemory {
    /** The state, named here so that all waiting questions can be found after a restart. */
    public static final MapStateDescriptor<String, byte[]> WAITING =
            new MapStateDescriptor<>("waiting", String.class, byte[].class);

    /** The same of the stream's parts of questions about several streams together, by their keys. */
    public static final MapStateDescriptor<String, byte[]> PARTS =
            new MapStateDescriptor<>("waiting-parts", String.class, byte[].class);

    private final MapState<String, byte[]> waiting;

    /**
     * Opens the state.
     *
     * @param which {@link #WAITING} or {@link #PARTS}
     */
    public WaitingMemory(KeyedStateStore store, MapStateDescriptor<String, byte[]> which) {
        this.waiting = store.getMapState(which);
    }

    /** The waiting question of an id. */
    public Optional<WaitingQuery> get(String queryId) throws Exception {
        return Optional.ofNullable(waiting.get(queryId))
                .map(state -> StateCodecs.decode(StateCodecs.WAITING, state));
    }

    /** Whether a question of an id waits. */
    public boolean contains(String queryId) throws Exception {
        return waiting.contains(queryId);
    }

    /** Lets a question wait. */
    public void put(String queryId, WaitingQuery query) throws Exception {
        waiting.put(queryId, StateCodecs.WAITING.encode(query));
    }

    /** Ends the waiting of a question. */
    public void remove(String queryId) throws Exception {
        waiting.remove(queryId);
    }
}
