package dev.watchword.memory;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;

/**
 * The standing questions of a stream in keyed state. Every method concerns the stream that is the
 * current key, and is called on the task's thread.
 *
 * <p>State, for each stream: {@code standing} query id to {@link StandingQuery}.
 */
public final class StandingMemory {
    /** The state, named here so that all standing questions can be found after a restart. */
    public static final MapStateDescriptor<String, byte[]> STANDING =
            new MapStateDescriptor<>("standing", String.class, byte[].class);

    private final MapState<String, byte[]> standing;

    /** Opens the state. */
    public StandingMemory(KeyedStateStore store) {
        this.standing = store.getMapState(STANDING);
    }

    /** The standing question of an id. */
    public Optional<StandingQuery> get(String queryId) throws Exception {
        return Optional.ofNullable(standing.get(queryId)).map(StandingMemory::decode);
    }

    /** Lets a question stand, in place of another of the same id. */
    public void put(String queryId, StandingQuery query) throws Exception {
        standing.put(queryId, StateCodecs.STANDING.encode(query));
    }

    /** Ends a standing question. */
    public void remove(String queryId) throws Exception {
        standing.remove(queryId);
    }

    /** All of the stream, by their ids. */
    public SortedMap<String, StandingQuery> all() throws Exception {
        SortedMap<String, StandingQuery> all = new TreeMap<>();
        for (Map.Entry<String, byte[]> entry : standing.entries()) {
            all.put(entry.getKey(), decode(entry.getValue()));
        }
        return all;
    }

    private static StandingQuery decode(byte[] state) {
        return StateCodecs.decode(StateCodecs.STANDING, state);
    }
}
