package dev.watchword.integration.rig;

import dev.watchword.engine.AnswerOutcome;
import dev.watchword.engine.AnswerRequest;
import dev.watchword.engine.EncodedPicture;
import dev.watchword.engine.Engine;
import dev.watchword.engine.EngineHungException;
import dev.watchword.engine.EngineLoad;
import dev.watchword.engine.EngineModel;
import dev.watchword.engine.HistoryName;
import dev.watchword.engine.PictureSource;
import dev.watchword.engine.RecalledHistory;
import dev.watchword.engine.SharedEngines;
import dev.watchword.operators.EngineLeaser;
import dev.watchword.tensor.Precision;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An engine without a network that does one frame, and one question, after the other, each in the
 * same time. It counts how many it has at once. Thread-safe.
 */
public final class PacedEngine implements Engine {
    /** A leaser is serialized on its way to its operator, which finds its engine here again. */
    private static final Map<Integer, PacedEngine> BY_NUMBER = new ConcurrentHashMap<>();

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final byte[] NOTHING = new byte[2];

    private final int number = NUMBERS.incrementAndGet();
    private final Lane frames;
    private final Lane questions;

    /** One that takes these times. */
    public PacedEngine(Duration frame, Duration question) {
        this.frames = new Lane(frame);
        this.questions = new Lane(question);
        BY_NUMBER.put(number, this);
    }

    /** Work of one kind. */
    private static final class Lane {
        private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        private final AtomicInteger now = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final AtomicInteger taken = new AtomicInteger();
        private final AtomicLong freeAt = new AtomicLong(System.nanoTime());
        private final long nanos;

        private Lane(Duration duration) {
            this.nanos = duration.toNanos();
        }

        private <T> CompletableFuture<T> take(T outcome) {
            taken.incrementAndGet();
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            CompletableFuture<T> result = new CompletableFuture<>();
            long moment = System.nanoTime();
            long done = freeAt.updateAndGet(free -> Math.max(free, moment) + nanos);
            clock.schedule(
                    () -> {
                        now.decrementAndGet();
                        result.complete(outcome);
                    },
                    done - moment,
                    TimeUnit.NANOSECONDS);
            return result;
        }
    }

    /** How operators come by it. */
    public EngineLeaser leaser() {
        int wanted = number;
        return gpu -> lease(wanted);
    }

    private static SharedEngines.Lease lease(int wanted) {
        return new SharedEngines.Lease() {
            @Override
            public Engine engine() {
                return BY_NUMBER.get(wanted);
            }

            @Override
            public void close() {}
        };
    }

    /** The most frames that it had at once. */
    public int mostFramesAtOnce() {
        return frames.most.get();
    }

    /** The most questions that it had at once. */
    public int mostQuestionsAtOnce() {
        return questions.most.get();
    }

    /** How many questions it was given. */
    public int questionsTaken() {
        return questions.taken.get();
    }

    @Override
    public EngineModel model() {
        return new EngineModel(
                "paced", Precision.FLOAT32, NOTHING.length, NOTHING.length, 0, false);
    }

    @Override
    public CompletableFuture<EncodedPicture> encode(PictureSource picture) {
        return frames.take(new EncodedPicture(NOTHING, NOTHING));
    }

    @Override
    public CompletableFuture<AnswerOutcome> answer(AnswerRequest request) {
        AnswerOutcome.Times times =
                new AnswerOutcome.Times(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
        return questions.take(new AnswerOutcome.Answered("yes", 1, false, times, List.of()));
    }

    @Override
    public EngineLoad load() {
        return new EngineLoad(
                frames.now.get(),
                questions.now.get(),
                0,
                0,
                0,
                0,
                0,
                new EngineLoad.Prefixes(0, 0, 0, 0, 0),
                new EngineLoad.Keyframes(0, 0, 0),
                Duration.ZERO);
    }

    @Override
    public CompletableFuture<EngineHungException> hung() {
        return new CompletableFuture<>();
    }

    @Override
    public long newOwner() {
        return 1;
    }

    @Override
    public void follow(long owner, String stream, long sequence, byte[] token) {}

    @Override
    public Optional<RecalledHistory> recall(HistoryName name, long lastSequence, int frames) {
        return Optional.empty();
    }

    @Override
    public void forget(long owner) {}

    @Override
    public void close() {
        frames.clock.shutdownNow();
        questions.clock.shutdownNow();
        BY_NUMBER.remove(number);
    }
}
