package dev.watchword.integration.rig;

import dev.watchword.engine.EncodedPicture;
import dev.watchword.engine.Engine;
import dev.watchword.engine.EngineConfig;
import dev.watchword.engine.PictureSource;
import dev.watchword.engine.SharedEngines;
import dev.watchword.operators.EngineLeaser;
import java.io.File;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/**
 * Leases a real engine. When there is a file of a name, it goes, and the device's thread hangs for
 * ever in the middle of the next batch: for processes that a test cannot reach otherwise.
 */
public record HangingLeaser(EngineConfig config, String file) implements EngineLeaser {
    private static final long serialVersionUID = 1;

    @Override
    public SharedEngines.Lease lease(OptionalInt gpu) {
        SharedEngines.Lease real = SharedEngines.lease(config);
        return new SharedEngines.Lease() {
            @Override
            public Engine engine() {
                return new Hanging(real.engine());
            }

            @Override
            public void close() {
                real.close();
            }
        };
    }

    private final class Hanging extends ForwardingEngine {
        private Hanging(Engine real) {
            super(real);
        }

        @Override
        public CompletableFuture<EncodedPicture> encode(PictureSource picture) {
            if (new File(file).delete()) {
                super.encode(picture)
                        .whenComplete(
                                (encoded, failure) -> new Semaphore(0).acquireUninterruptibly());
            }
            return super.encode(picture);
        }
    }
}
