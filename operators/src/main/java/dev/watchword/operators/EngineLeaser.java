package dev.watchword.operators;

import dev.watchword.engine.EngineConfig;
import dev.watchword.engine.SharedEngines;
import java.io.Serializable;
import java.util.OptionalInt;

/** How an operator comes by its engine, when it opens on a task manager. */
@FunctionalInterface
public interface EngineLeaser extends Serializable {
    /**
     * Leases an engine; the operator gives it back when it closes.
     *
     * @param gpu the CUDA device that Flink has granted to the task manager, if it has
     */
    SharedEngines.Lease lease(OptionalInt gpu);

    /** Leases the engine that the JVM shares among subtasks with these settings. */
    static EngineLeaser shared(EngineConfig settings) {
        return gpu -> SharedEngines.lease(settings.granted(gpu));
    }
}
