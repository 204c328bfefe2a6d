package dev.watchword.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The device's thread. Round by round it encodes a batch of frames where one is ripe, and gives
 * every answer in the making one step, so that neither waits for the other for long.
 */
final class DeviceLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceLoop.class);

    private final FrameWork frameWork;
    private final int answersAtOnce;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // Guarded by the lock.
    private final FrameBatcher frames;
    private final ArrayDeque<AnswerTask> waiting = new ArrayDeque<>();
    private boolean closed;

    /** Touched by the device's thread alone. */
    private final List<AnswerTask> active = new ArrayList<>();

    private final Thread thread;

    DeviceLoop(EngineConfig settings, FrameWork frameWork) {
        this.frameWork = frameWork;
        this.answersAtOnce = settings.answersAtOnce();
        this.frames = new FrameBatcher(settings.batchFrames(), settings.batchWait());
        this.thread = new Thread(this::run, "watchword-device");
        this.thread.setDaemon(true);
        this.thread.start();
    }

    /** Queues a preprocessed picture. */
    void add(float[] pixels, CompletableFuture<EncodedPicture> result) {
        if (!enqueue(
                () -> frames.add(new FrameBatcher.Waiting(pixels, result, System.nanoTime())))) {
            result.completeExceptionally(closedException());
        }
    }

    /** Queues a question. */
    void add(AnswerTask task) {
        if (!enqueue(() -> waiting.add(task))) {
            task.result().completeExceptionally(closedException());
        }
    }

    private boolean enqueue(Runnable addition) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            addition.run();
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private static CancellationException closedException() {
        return new CancellationException("The engine is closed.");
    }

    private void run() {
        try {
            List<FrameBatcher.Waiting> batch = awaitWork();
            while (!Thread.currentThread().isInterrupted()) {
                if (!batch.isEmpty()) {
                    encode(batch);
                }
                stepAnswers();
                batch = awaitWork();
            }
        } catch (InterruptedException e) {
            LOG.debug("The engine's device thread ends");
        } finally {
            cancelAll();
        }
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
                while (active.size() < answersAtOnce && !waiting.isEmpty()) {
                    active.add(waiting.poll());
                }
                List<FrameBatcher.Waiting> batch = frames.takeRipe(now);
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
            List<EncodedPicture> encoded = frameWork.encode(pixels);
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).result().complete(encoded.get(i));
            }
        } catch (RuntimeException e) {
            for (FrameBatcher.Waiting picture : batch) {
                picture.result().completeExceptionally(e);
            }
        }
    }

    private void stepAnswers() {
        for (Iterator<AnswerTask> tasks = active.iterator(); tasks.hasNext(); ) {
            AnswerTask task = tasks.next();
            try {
                task.step();
            } catch (RuntimeException e) {
                task.result().completeExceptionally(e);
            }
            if (task.result().isDone()) {
                tasks.remove();
                task.close();
            }
        }
    }

    private void cancelAll() {
        lock.lock();
        try {
            closed = true;
            for (FrameBatcher.Waiting picture : frames.takeAll()) {
                picture.result().completeExceptionally(closedException());
            }
            active.addAll(waiting);
            waiting.clear();
        } finally {
            lock.unlock();
        }
        for (AnswerTask task : active) {
            task.result().completeExceptionally(closedException());
            task.close();
        }
    }

    /** Ends the thread after the step that it is at, and cancels what is not finished. */
    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
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
