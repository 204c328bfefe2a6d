package dev.watchword.engine;

import dev.watchword.model.LlavaMini;
import dev.watchword.tensor.DeviceMemory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The device's thread. Round by round it encodes a batch of frames where one is ripe and it is their
 * turn, does one piece of work for a question that has no token yet, reads frames that came to a
 * history that is kept, and lets all answers that are being written have one more token together: so
 * none of these waits for another for long. Where there are more questions than places, those of the
 * highest priority have them, from one round to the next.
 *
 * <p>Each of these pieces is watched. When one does not come back all that is with the loop fails
 * with {@link EngineHungException}, and so does what comes later. What fails at a question or a batch
 * ends these alone; an {@link Error}, after which nothing is sure, ends the loop with all that is with
 * it.
 */
final class DeviceLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceLoop.class);

    private final FrameEncoder encoder;
    private final LlavaMini network;
    private final PrefixStore prefixes;
    private final KeyframeStore keyframes;
    private final int answersAtOnce;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // Guarded by the lock.
    private final FrameBatcher frames;
    private final WaitingAnswers waiting = new WaitingAnswers();
    private boolean closed;

    /** What ended the device's thread, where that was not {@link #close}. */
    private volatile Throwable end;

    /** What was promised and is not there yet. */
    private final Set<CompletableFuture<?>> unfinished = ConcurrentHashMap.newKeySet();

    private final CompletableFuture<EngineHungException> hung = new CompletableFuture<>();
    private final Duration limit;
    private final Watchdog watchdog;

    /** Touched by the device's thread alone. */
    private final List<AnswerTask> active = new ArrayList<>();

    /** Touched by the device's thread alone. */
    private final Turns turns = new Turns();

    // Written by the device's thread alone.
    private final LongAdder batches = new LongAdder();
    private final LongAdder framesEncoded = new LongAdder();
    private final LongAdder decodeSteps = new LongAdder();
    private final LongAdder tokensDecoded = new LongAdder();
    private volatile int answersActive;

    private final Thread thread;

    DeviceLoop(
            EngineConfig settings,
            FrameEncoder frameWork,
            LlavaMini network,
            PrefixStore prefixes,
            KeyframeStore keyframes) {
        this.encoder = new SplittingEncoder(frameWork, this::makeRoom);
        this.network = network;
        this.prefixes = prefixes;
        this.keyframes = keyframes;
        this.answersAtOnce = settings.answersAtOnce();
        this.frames = new FrameBatcher(settings.batchFrames(), settings.batchWait());
        this.limit = settings.hungAfter();
        this.watchdog = new Watchdog(limit, this::hang);
        this.thread = new Thread(this::run, "watchword-device");
        this.thread.setDaemon(true);
        this.thread.start();
    }

    /** Queues a preprocessed picture. */
    void add(float[] pixels, CompletableFuture<EncodedPicture> result) {
        enqueue(
                result,
                () -> frames.add(new FrameBatcher.Waiting(pixels, result, System.nanoTime())));
    }

    /** Queues a question. */
    void add(AnswerTask task) {
        enqueue(task.result(), () -> waiting.add(task));
    }

    private void enqueue(CompletableFuture<?> result, Runnable addition) {
        unfinished.add(result);
        result.whenComplete((value, failure) -> unfinished.remove(result));
        boolean refused;
        lock.lock();
        try {
            refused = closed;
            if (!refused) {
                addition.run();
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
        if (refused) {
            result.completeExceptionally(refusal());
        }
    }

    /** Why nothing is taken any more. */
    private RuntimeException refusal() {
        if (hung.isDone()) {
            return hung.join();
        }
        if (end == null) {
            return new CancellationException("The engine is closed.");
        }
        CancellationException refusal =
                new CancellationException("The engine's device thread has ended with " + end);
        refusal.initCause(end);
        return refusal;
    }

    /** See {@link Engine#hung}. */
    CompletableFuture<EngineHungException> hung() {
        return hung;
    }

    /** Who looks after the device's thread. */
    Watchdog watchdog() {
        return watchdog;
    }

    /** On the thread of who looks, while the device's thread is in the middle of something. */
    private void hang(String what) {
        EngineHungException reason = new EngineHungException(what, limit, thread.getStackTrace());
        LOG.error("The engine hangs", reason);
        hung.complete(reason);
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        unfinished.forEach(result -> result.completeExceptionally(reason));
        // If it comes back after all it shall end.
        thread.interrupt();
    }

    /** See {@link Engine#load}. */
    EngineLoad load() {
        lock.lock();
        try {
            return new EngineLoad(
                    frames.size(),
                    waiting.size(),
                    answersActive,
                    batches.sum(),
                    framesEncoded.sum(),
                    decodeSteps.sum(),
                    tokensDecoded.sum(),
                    prefixes.load(),
                    keyframes.load(),
                    watchdog.busy());
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            List<FrameBatcher.Waiting> batch = awaitWork();
            while (!Thread.currentThread().isInterrupted()) {
                work(batch);
                batch = awaitWork();
            }
        } catch (InterruptedException e) {
            LOG.debug("The engine's device thread ends");
        } catch (Throwable e) {
            LOG.error("The engine's device thread ends with an error", e);
            end = e;
        } finally {
            cancelAll();
        }
    }

    /** A round. */
    private void work(List<FrameBatcher.Waiting> batch) {
        if (!batch.isEmpty()) {
            long begun = System.nanoTime();
            watchdog.watch("encoding " + batch.size() + " frames", () -> encode(batch));
            turns.encoded(System.nanoTime() - begun);
        }
        long begun = System.nanoTime();
        dropLate();
        dropDone(AnswerTask::look);
        watchdog.watch("reading a question or its history", this::prepareOne);
        watchdog.watch("reading new frames of a history", this::followOne);
        watchdog.watch("choosing the next tokens of answers", this::decode);
        turns.answered(System.nanoTime() - begun);
        watchdog.watch("freeing memory", this::free);
    }

    private void free() {
        prefixes.closeDropped();
        keyframes.dropForgotten();
    }

    /**
     * Waits until there is something to do: a ripe batch, which is given, or an answer to step, in
     * which case the batch may be empty.
     */
    private List<FrameBatcher.Waiting> awaitWork() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                long now = System.nanoTime();
                waiting.place(active, answersAtOnce);
                answersActive = active.size();
                boolean turn = turns.framesMay(!active.isEmpty());
                List<FrameBatcher.Waiting> batch = turn ? frames.takeRipe(now) : List.of();
                if (!batch.isEmpty() || !active.isEmpty()) {
                    return batch;
                }
                OptionalLong ripe = frames.nanosUntilRipe(now);
                if (ripe.isPresent()) {
                    changed.awaitNanos(ripe.getAsLong());
                } else {
                    changed.await();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void encode(List<FrameBatcher.Waiting> batch) {
        List<float[]> pixels = new ArrayList<>();
        for (FrameBatcher.Waiting picture : batch) {
            pixels.add(picture.pixels());
        }
        try {
            List<EncodedPicture> encoded = encoder.encode(pixels);
            batches.increment();
            framesEncoded.add(batch.size());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).result().complete(encoded.get(i));
            }
        } catch (RuntimeException e) {
            for (FrameBatcher.Waiting picture : batch) {
                picture.result().completeExceptionally(e);
            }
        }
    }

    /** Lets those go that were cancelled or are late while they have no place. */
    private void dropLate() {
        List<AnswerTask> late;
        lock.lock();
        try {
            late = waiting.takeDone();
        } finally {
            lock.unlock();
        }
        late.forEach(AnswerTask::close);
    }

    /** Does something with every answer, and lets those go that are done. */
    private void dropDone(Consumer<AnswerTask> work) {
        for (Iterator<AnswerTask> tasks = active.iterator(); tasks.hasNext(); ) {
            AnswerTask task = tasks.next();
            guarded(task, work);
            if (task.result().isDone()) {
                tasks.remove();
                task.close();
            }
        }
    }

    private void guarded(AnswerTask task, Consumer<AnswerTask> work) {
        try {
            work.accept(task);
        } catch (RuntimeException e) {
            fail(List.of(task), e);
        }
    }

    private void fail(List<AnswerTask> tasks, RuntimeException failure) {
        boolean exhausted = DeviceMemory.isExhausted(failure);
        RuntimeException told =
                exhausted ? new DeviceMemoryException("a question", failure) : failure;
        tasks.forEach(task -> task.fail(told));
        if (exhausted) {
            letGoSetAside(failure);
            makeRoom();
        }
    }

    /** Ends what was set aside: it may hold the memory that is missing, and can be tried again. */
    private void letGoSetAside(RuntimeException failure) {
        List<AnswerTask> setAside;
        lock.lock();
        try {
            setAside = waiting.takeSetAside();
        } finally {
            lock.unlock();
        }
        for (AnswerTask task : setAside) {
            task.fail(new DeviceMemoryException("a question that was set aside", failure));
            task.close();
        }
    }

    /** Drops all that is kept on the device and that no question holds. */
    private void makeRoom() {
        prefixes.dropUnheld();
        prefixes.closeDropped();
        keyframes.dropAll();
    }

    /** One piece for one question of the highest priority, in turn: a long history holds up nobody. */
    private void prepareOne() {
        OptionalInt highest =
                active.stream()
                        .filter(task -> !task.isDecoding())
                        .mapToInt(AnswerTask::priority)
                        .max();
        for (int i = 0; i < active.size() && highest.isPresent(); i++) {
            AnswerTask task = active.remove(0);
            active.add(task);
            if (!task.isDecoding() && task.priority() == highest.getAsInt()) {
                guarded(task, AnswerTask::prepare);
                return;
            }
        }
    }

    /** Reads what came to one of the histories that are kept. */
    private void followOne() {
        prefixes.behind(LocalEngine.FRAMES_READ_TOGETHER)
                .ifPresent(
                        entry -> {
                            try {
                                entry.prefix().read(LocalEngine.FRAMES_READ_TOGETHER);
                            } catch (RuntimeException e) {
                                LOG.warn("A history cannot be read on, and is read anew", e);
                                prefixes.discard(entry);
                            } finally {
                                entry.release();
                            }
                        });
    }

    private void decode() {
        List<AnswerTask> decoding = active.stream().filter(AnswerTask::isDecoding).toList();
        try {
            network.readChosen(decoding.stream().map(AnswerTask::generation).toList());
            decodeSteps.add(decoding.isEmpty() ? 0 : 1);
            tokensDecoded.add(decoding.size());
            dropDone(
                    task -> {
                        if (task.isDecoding()) {
                            task.nextToken();
                        }
                    });
        } catch (RuntimeException e) {
            fail(decoding, e);
        }
    }

    private void cancelAll() {
        lock.lock();
        try {
            closed = true;
            frames.clear();
            active.addAll(waiting.takeAll());
        } finally {
            lock.unlock();
        }
        // Also what the thread had in its hands when an error ended it.
        unfinished.forEach(result -> result.completeExceptionally(refusal()));
        active.forEach(AnswerTask::close);
        prefixes.closeAll();
        keyframes.close();
    }

    /**
     * Ends the thread after the step that it is at, and cancels what is not finished. A thread that
     * hangs is left behind.
     */
    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive() && !hung.isDone()) {
            try {
                TimeUnit.MILLISECONDS.timedJoin(thread, 100);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
