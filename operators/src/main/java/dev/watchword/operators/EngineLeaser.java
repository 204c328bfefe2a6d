package dev.watchword.operators;

import dev.watchword.engine.EngineConfig;
import dev.watchword.engine.SharedEngines;
import java.io.Serializable;

/** How an operator comes by its engine, when it opens on a task manager. */
@FunctionalInterface
public interface EngineLeaser extends Serializable {
    /** Leases an engine; the operator gives it back when it closes. */
    SharedEngines.Lease lease();

    /** Leases the engine that the JVM shares among subtasks with these settings. */
    static EngineLeaser shared(EngineConfig settings) {
        return () -> SharedEngines.lease(settings);
    }
}
