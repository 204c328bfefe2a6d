package dev.watchword.integration.rig;

import dev.watchword.engine.AnswerOutcome;
import dev.watchword.engine.AnswerRequest;
import dev.watchword.engine.EncodedPicture;
import dev.watchword.engine.Engine;
import dev.watchword.engine.EngineConfig;
import dev.watchword.engine.PictureSource;
import dev.watchword.engine.SharedEngines;
import dev.watchword.operators.EngineLeaser;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A real engine that holds answers back and fails at a frame when a test says so. Thread-safe. */
public final class FaultyEngine {
    /** A leaser is serialized on its way to its operator, which finds its engine here again. */
    private static final Map<Integer, FaultyEngine> BY_NUMBER = new ConcurrentHashMap<>();

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final int number = NUMBERS.incrementAndGet();
    private final EngineConfig config;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicBoolean faultWanted = new AtomicBoolean();
    private final AtomicBoolean faulted = new AtomicBoolean();
    private volatile Duration delay = Duration.ZERO;
    private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

    /** One that works like the engine that is made from this. */
    public FaultyEngine(EngineConfig config) {
        this.config = config;
        BY_NUMBER.put(number, this);
    }

    /** How operators come by it. */
    public EngineLeaser leaser() {
        int wanted = number;
        return gpu -> BY_NUMBER.get(wanted).lease();
    }

    /** From now on no question is worked on. */
    public void holdAnswers() {
        gate = new CompletableFuture<>();
        taken.set(0);
    }

    /** Ends the holding: the work on the questions begins. */
    public void releaseAnswers() {
        gate.complete(null);
    }

    /** How many questions the engine was given since answers are held. */
    public int questionsTaken() {
        return taken.get();
    }

    /** From now on a frame takes this much longer. */
    public void delayFrames(Duration longer) {
        delay = longer;
    }

    /** Lets the next frame fail by the engine's fault. */
    public void failAtNextFrame() {
        faultWanted.set(true);
    }

    /** Whether that has happened. */
    public boolean hasFailed() {
        return faulted.get();
    }

    private SharedEngines.Lease lease() {
        SharedEngines.Lease real = SharedEngines.lease(config);
        return new SharedEngines.Lease() {
            @Override
            public Engine engine() {
                return new Faulty(real.engine());
            }

            @Override
            public void close() {
                real.close();
            }
        };
    }

    private final class Faulty extends ForwardingEngine {
        private Faulty(Engine real) {
            super(real);
        }

        @Override
        public CompletableFuture<EncodedPicture> encode(PictureSource picture) {
            if (faultWanted.compareAndSet(true, false)) {
                faulted.set(true);
                return CompletableFuture.failedFuture(
                        new IllegalStateException("The test wants the engine to fail."));
            }
            return super.encode(picture)
                    .thenCompose(
                            encoded ->
                                    CompletableFuture.supplyAsync(
                                            () -> encoded,
                                            CompletableFuture.delayedExecutor(
                                                    delay.toMillis(), TimeUnit.MILLISECONDS)));
        }

        @Override
        public CompletableFuture<AnswerOutcome> answer(AnswerRequest request) {
            taken.incrementAndGet();
            return gate.thenCompose(open -> super.answer(request));
        }
    }
}
