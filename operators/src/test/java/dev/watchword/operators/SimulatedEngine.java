package dev.watchword.operators;

import dev.watchword.engine.AnswerOutcome;
import dev.watchword.engine.AnswerRequest;
import dev.watchword.engine.DeviceMemoryException;
import dev.watchword.engine.EncodedPicture;
import dev.watchword.engine.Engine;
import dev.watchword.engine.EngineHungException;
import dev.watchword.engine.EngineLoad;
import dev.watchword.engine.EngineModel;
import dev.watchword.engine.HistoryName;
import dev.watchword.engine.PictureSource;
import dev.watchword.engine.RecalledHistory;
import dev.watchword.engine.SharedEngines;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A {@link FakeEngine} that is done with its work in an order, and at moments, left to chance, and
 * fails at some of it. It does not answer behind a deadline.
 */
final class SimulatedEngine implements Engine {
    private static final Map<Integer, SimulatedEngine> BY_NUMBER = new ConcurrentHashMap<>();
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final int number = NUMBERS.incrementAndGet();
    private final FakeEngine fake = new FakeEngine();
    private final Random random;
    private final SimulatedFaults faults;
    private final List<Work<?>> frames = new ArrayList<>();
    private final List<Work<?>> answers = new ArrayList<>();
    private Instant now = Instant.EPOCH;

    /**
     * A piece of work.
     *
     * @param outcome what comes of it
     * @param fault what comes of it if the engine fails at it
     */
    private record Work<T>(
            CompletableFuture<T> promised, Supplier<T> outcome, Supplier<RuntimeException> fault) {
        private void finish() {
            promised.complete(outcome.get());
        }

        private void fail() {
            promised.completeExceptionally(fault.get());
        }
    }

    /**
     * @param faults is told of the questions at which it fails
     */
    SimulatedEngine(Random random, SimulatedFaults faults) {
        this.random = random;
        this.faults = faults;
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

    void advanceTo(long time) {
        now = Instant.ofEpochMilli(time);
    }

    /** Is done with one piece of work; with a frame, if there is one and it is wanted so. */
    void finishOne(boolean frameFirst) {
        takeOne(frameFirst).finish();
    }

    /** Fails at one piece of work. */
    void failOne() {
        takeOne(false).fail();
    }

    private Work<?> takeOne(boolean frameFirst) {
        List<Work<?>> from =
                frames.isEmpty() || !(frameFirst || answers.isEmpty() || random.nextBoolean())
                        ? answers
                        : frames;
        return from.remove(random.nextInt(from.size()));
    }

    @Override
    public EngineModel model() {
        return fake.model();
    }

    @Override
    public CompletableFuture<EncodedPicture> encode(PictureSource picture) {
        EncodedPicture encoded = fake.encode(picture).join();
        return later(frames, () -> encoded, () -> new IllegalStateException("a fault"));
    }

    @Override
    public CompletableFuture<AnswerOutcome> answer(AnswerRequest request) {
        AnswerOutcome.Answered said = (AnswerOutcome.Answered) fake.answer(request).join();
        String text = SimulatedQuestions.answer(said.text(), request.earlier());
        AnswerOutcome answered =
                new AnswerOutcome.Answered(
                        text, said.tokens(), said.cut(), said.times(), said.evidence());
        return later(
                answers,
                () -> isLate(request) ? new AnswerOutcome.Expired() : answered,
                () -> fault(request.question(), text));
    }

    private boolean isLate(AnswerRequest request) {
        return request.deadline().filter(now::isAfter).isPresent();
    }

    private static <T> CompletableFuture<T> later(
            List<Work<?>> waiting, Supplier<T> outcome, Supplier<RuntimeException> fault) {
        CompletableFuture<T> promised = new CompletableFuture<>();
        waiting.add(new Work<>(promised, outcome, fault));
        return promised;
    }

    /** Of a question alone, or of the engine as a whole. */
    private RuntimeException fault(String question, String answer) {
        IllegalStateException fault = new IllegalStateException("a fault");
        switch (random.nextInt(3)) {
            case 0:
                faults.failed(question, answer);
                return fault;
            case 1:
                faults.shortOfMemory(question, answer);
                return new DeviceMemoryException("a question", fault);
            default:
                return new CancellationException("The engine is closed.");
        }
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
