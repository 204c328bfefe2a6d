package dev.watchword.operators;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A {@link FakeEngine} that is done with its work in an order, and at moments, left to chance. */
final class SimulatedEngine implements Engine {
    private static final Map<Integer, SimulatedEngine> BY_NUMBER = new ConcurrentHashMap<>();
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final int number = NUMBERS.incrementAndGet();
    private final FakeEngine fake = new FakeEngine();
    private final Random random;
    private final List<Runnable> frames = new ArrayList<>();
    private final List<Runnable> answers = new ArrayList<>();

    SimulatedEngine(Random random) {
        this.random = random;
        BY_NUMBER.put(number, this);
    }

    /** A leaser that finds this engine again after it was serialized. */
    EngineLeaser leaser() {
        int wanted = number;
        return gpu ->
                new SharedEngines.Lease() {
                    @Override
                    public Engine engine() {
                        return BY_NUMBER.get(wanted);
                    }

                    @Override
                    public void close() {}
                };
    }

    boolean isBusy() {
        return !(frames.isEmpty() && answers.isEmpty());
    }

    boolean isEncoding() {
        return !frames.isEmpty();
    }

    /** Is done with one piece of work; with a frame, if there is one and it is wanted so. */
    void finishOne(boolean frameFirst) {
        List<Runnable> from =
                frames.isEmpty() || !(frameFirst || answers.isEmpty() || random.nextBoolean())
                        ? answers
                        : frames;
        from.remove(random.nextInt(from.size())).run();
    }

    @Override
    public EngineModel model() {
        return fake.model();
    }

    @Override
    public CompletableFuture<EncodedPicture> encode(PictureSource picture) {
        return later(fake.encode(picture), frames);
    }

    @Override
    public CompletableFuture<AnswerOutcome> answer(AnswerRequest request) {
        return later(fake.answer(request), answers);
    }

    private static <T> CompletableFuture<T> later(
            CompletableFuture<T> done, List<Runnable> waiting) {
        CompletableFuture<T> result = new CompletableFuture<>();
        waiting.add(() -> result.complete(done.join()));
        return result;
    }

    @Override
    public long newOwner() {
        return fake.newOwner();
    }

    @Override
    public void follow(long owner, String stream, long sequence, byte[] token) {
        fake.follow(owner, stream, sequence, token);
    }

    @Override
    public Optional<RecalledHistory> recall(HistoryName name, long lastSequence, int count) {
        return fake.recall(name, lastSequence, count);
    }

    @Override
    public EngineLoad load() {
        return fake.load();
    }

    @Override
    public CompletableFuture<EngineHungException> hung() {
        return fake.hung();
    }

    @Override
    public void forget(long owner) {
        fake.forget(owner);
    }

    @Override
    public void close() {
        BY_NUMBER.remove(number);
        fake.close();
    }
}
