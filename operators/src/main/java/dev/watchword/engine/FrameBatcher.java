package dev.watchword.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Gathers pictures into micro-batches: one is ripe when it is full, or when its first picture has
 * waited long enough. Not thread-safe; times are {@link System#nanoTime} values passed in.
 */
final class FrameBatcher {
    private final int most;
    private final long waitNanos;
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();

    /**
     * A picture that waits for the device.
     *
     * @param pixels preprocessed [parts, 3, S, S]
     * @param since when it came
     */
    record Waiting(float[] pixels, CompletableFuture<EncodedPicture> result, long since) {}

    FrameBatcher(int most, Duration wait) {
        this.most = most;
        this.waitNanos = wait.toNanos();
    }

    void add(Waiting picture) {
        queue.add(picture);
    }

    /** How many wait. */
    int size() {
        return queue.size();
    }

    /** How long until a batch is ripe; empty while no picture waits. */
    OptionalLong nanosUntilRipe(long now) {
        if (queue.isEmpty()) {
            return OptionalLong.empty();
        }
        if (queue.size() >= most) {
            return OptionalLong.of(0);
        }
        return OptionalLong.of(Math.max(0, queue.peek().since() + waitNanos - now));
    }

    /** The next batch, oldest first; empty if none is ripe. */
    List<Waiting> takeRipe(long now) {
        OptionalLong wait = nanosUntilRipe(now);
        List<Waiting> batch = new ArrayList<>();
        if (wait.isPresent() && wait.getAsLong() == 0) {
            while (!queue.isEmpty() && batch.size() < most) {
                batch.add(queue.poll());
            }
        }
        return batch;
    }

    /** Forgets all that wait. */
    void clear() {
        queue.clear();
    }
}
