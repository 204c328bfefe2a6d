package dev.watchword.integration.rig;

import dev.watchword.engine.AnswerOutcome;
import dev.watchword.engine.AnswerRequest;
import dev.watchword.engine.DeviceMemoryException;
import dev.watchword.engine.EncodedPicture;
import dev.watchword.engine.Engine;
import dev.watchword.engine.EngineConfig;
import dev.watchword.engine.FrameEncoder;
import dev.watchword.engine.LocalEngine;
import dev.watchword.engine.PictureSource;
import dev.watchword.engine.SharedEngines;
import dev.watchword.operators.EngineLeaser;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real engine that holds answers back, lacks memory and fails at a frame when a test says so.
 * Thread-safe.
 */
public final class FaultyEngine {
    /** A leaser is serialized on its way to its operator, which finds its engine here again. */
    private static final Map<Integer, FaultyEngine> BY_NUMBER = new ConcurrentHashMap<>();

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    /** As libtorch says it. */
    private static final String NO_MEMORY =
            "[enforce fail at alloc_cpu.cpp:118] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate 4294967296 bytes. Error code 12 (Cannot allocate memory)";

    private final int number = NUMBERS.incrementAndGet();
    private final EngineConfig config;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicBoolean faultWanted = new AtomicBoolean();
    private final AtomicBoolean faulted = new AtomicBoolean();
    private final AtomicInteger starts = new AtomicInteger();
    private final AtomicInteger batchesRefused = new AtomicInteger();
    private final AtomicInteger framesToRefuse = new AtomicInteger();
    private volatile boolean memoryForOne;
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

    /** Lets the engine fail at the next frame. */
    public void failAtNextFrame() {
        faultWanted.set(true);
    }

    /** Whether the engine has failed at a frame. */
    public boolean hasFailed() {
        return faulted.get();
    }

    /** From now on the device has no memory for more than one frame, or for any number again. */
    public void takeMemory(boolean taken) {
        memoryForOne = taken;
    }

    /** Lets the device have no memory for a frame alone so many times; twice in a row is a failure. */
    public void refuseFrames(int times) {
        framesToRefuse.set(times);
    }

    /** How often there was no memory for several frames together. */
    public int batchesRefused() {
        return batchesRefused.get();
    }

    /** How many frames alone are still to be refused. */
    public int framesToRefuse() {
        return framesToRefuse.get();
    }

    /** How many engines were started in its name. */
    public int starts() {
        return starts.get();
    }

    private LocalEngine start(EngineConfig settings) {
        starts.incrementAndGet();
        return LocalEngine.start(
                settings, Clock.systemUTC(), real -> pictures -> encode(real, pictures));
    }

    private List<EncodedPicture> encode(FrameEncoder real, List<float[]> pictures) {
        if (pictures.size() > 1 && memoryForOne) {
            batchesRefused.incrementAndGet();
            throw new IllegalStateException(NO_MEMORY);
        }
        if (pictures.size() == 1 && framesToRefuse.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            throw new IllegalStateException(NO_MEMORY);
        }
        return real.encode(pictures);
    }

    private SharedEngines.Lease lease() {
        SharedEngines.Lease real = SharedEngines.lease(config, this::start);
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
                    .whenComplete(
                            (encoded, failure) -> {
                                if (failure instanceof DeviceMemoryException) {
                                    faulted.set(true);
                                }
                            })
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
