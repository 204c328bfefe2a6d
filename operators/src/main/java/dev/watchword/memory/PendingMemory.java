package dev.watchword.memory;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;

/**
 * A stream's queries that are not answered, in keyed state: those asked once apart from evaluations
 * of those that stand, for both may have the same id.
 */
final class PendingMemory {
    private static final MapStateDescriptor<String, byte[]> PENDING =
            new MapStateDescriptor<>("pending", String.class, byte[].class);
    private static final MapStateDescriptor<String, byte[]> EVALUATIONS =
            new MapStateDescriptor<>("evaluations", String.class, byte[].class);

    private final MapState<String, byte[]> pending;
    private final MapState<String, byte[]> evaluations;

    PendingMemory(KeyedStateStore store) {
        this.pending = store.getMapState(PENDING);
        this.evaluations = store.getMapState(EVALUATIONS);
    }

    static MapStateDescriptor<String, byte[]> state(boolean standing) {
        return standing ? EVALUATIONS : PENDING;
    }

    private MapState<String, byte[]> of(boolean standing) {
        return standing ? evaluations : pending;
    }

    Optional<PendingQuery> get(boolean standing, String queryId) throws Exception {
        return Optional.ofNullable(of(standing).get(queryId))
                .map(state -> StateCodecs.decode(StateCodecs.PENDING, state));
    }

    void put(boolean standing, String queryId, PendingQuery query) throws Exception {
        of(standing).put(queryId, StateCodecs.PENDING.encode(query));
    }

    /** Returns false if there was none. */
    boolean remove(boolean standing, String queryId) throws Exception {
        if (!of(standing).contains(queryId)) {
            return false;
        }
        of(standing).remove(queryId);
        return true;
    }

    /** With which keyframes all of them are to be fused. */
    Set<Long> keyframes() throws Exception {
        Set<Long> needed = new HashSet<>();
        addKeyframes(pending, needed);
        addKeyframes(evaluations, needed);
        return needed;
    }

    private static void addKeyframes(MapState<String, byte[]> queries, Set<Long> needed)
            throws Exception {
        for (byte[] state : queries.values()) {
            needed.addAll(StateCodecs.decode(StateCodecs.PENDING, state).getKeyframes());
        }
    }
}
