package dev.watchword.operators;

import dev.watchword.memory.StreamMemory;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;

/** Which models made the histories that a checkpoint held. */
final class HistoryModels {
    private HistoryModels() {}

    /**
     * Refuses histories that another model made. Another start would find the same state: so there is
     * none.
     *
     * @param runs the model that there is now
     */
    static void refuseOthers(KeyedStateBackend<String> states, StreamMemory memory, String runs)
            throws Exception {
        List<OtherModelException> refused = new ArrayList<>();
        states.applyToAllKeys(
                VoidNamespace.INSTANCE,
                VoidNamespaceSerializer.INSTANCE,
                StreamMemory.headState(),
                (stream, head) ->
                        memory.otherModel()
                                .map(made -> new OtherModelException(stream, made, runs))
                                .ifPresent(refused::add));
        if (!refused.isEmpty()) {
            throw new SuppressRestartsException(refused.get(0));
        }
    }
}
