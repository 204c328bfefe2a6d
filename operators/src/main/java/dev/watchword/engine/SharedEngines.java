package dev.watchword.engine;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The engines of this JVM: subtasks with equal settings share one. It starts with the first lease
 * and closes with the last. One that hangs stays in the place of any other with its settings.
 */
public final class SharedEngines {
    private static final Map<EngineConfig, Shared> RUNNING = new HashMap<>();

    private static final class Shared {
        private final Engine engine;
        private int leases;

        private Shared(Engine engine) {
            this.engine = engine;
        }
    }

    /** A subtask's share in an engine. */
    public interface Lease extends AutoCloseable {
        /** The engine; not to be closed by who leases it. */
        Engine engine();

        /** Gives the share back; a second call does nothing. */
        @Override
        void close();
    }

    private SharedEngines() {}

    /**
     * Leases the engine with these settings, and starts it first where there is none.
     *
     * @throws EngineHungException if it hangs
     */
    public static Lease lease(EngineConfig settings) {
        return lease(settings, key -> LocalEngine.start(key, Clock.systemUTC()));
    }

    /**
     * Leases the engine with these settings.
     *
     * @param start starts it where there is none
     * @throws EngineHungException if it hangs
     */
    public static synchronized Lease lease(
            EngineConfig settings, Function<EngineConfig, Engine> start) {
        Shared shared = RUNNING.computeIfAbsent(settings, key -> new Shared(start.apply(key)));
        if (shared.engine.hung().isDone()) {
            throw shared.engine.hung().join();
        }
        shared.leases++;
        return new Lease() {
            private boolean open = true;

            @Override
            public Engine engine() {
                return shared.engine;
            }

            @Override
            public void close() {
                if (open) {
                    open = false;
                    release(settings, shared);
                }
            }
        };
    }

    private static synchronized void release(EngineConfig settings, Shared shared) {
        shared.leases--;
        if (shared.leases == 0) {
            try {
                shared.engine.close();
            } finally {
                if (!shared.engine.hung().isDone()) {
                    RUNNING.remove(settings);
                }
            }
        }
    }
}
