package dev.watchword.model;

import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.SplittableRandom;

/**
 * One answer in the making: first {@link #prefill} until it is done, then {@link #next} for each
 * token. Used from one thread at a time, though not always the same.
 */
public final class Generation implements AutoCloseable {
    private final Decoder decoder;
    private final Sampler sampler;
    private final Sampling sampling;
    private final SplittableRandom random;
    private final TensorScope scope;
    private final Tensor prompt;
    private final KeyValueCache cache;

    /** The scores of the next token [V]; null until the prompt is read. */
    private Tensor logits;

    /** The last chosen token, which the decoder has not read yet; -1 before the first. */
    private long pending = -1;

    Generation(
            Decoder decoder,
            Sampler sampler,
            TensorScope scope,
            Tensor prompt,
            Sampling sampling,
            int room) {
        this.decoder = decoder;
        this.sampler = sampler;
        this.sampling = sampling;
        this.random = new SplittableRandom(sampling.seed());
        this.scope = scope;
        this.prompt = prompt.moveTo(scope);
        int capacity = Math.addExact(Math.toIntExact(prompt.size(0)), room);
        this.cache = decoder.newCache(scope, capacity);
    }

    /**
     * Reads up to {@code most} more vectors of the prompt.
     *
     * @return whether the whole prompt has been read
     */
    public boolean prefill(int most) {
        long from = cache.length();
        long length = Math.min(most, prompt.size(0) - from);
        if (length > 0) {
            try (TensorScope step = scope.child()) {
                Tensor slice = prompt.part(0, from, length).moveTo(step);
                read(step, slice.reshape(1, length, prompt.size(1)));
            }
        }
        return cache.length() == prompt.size(0);
    }

    /** Whether the whole prompt has been read. */
    public boolean isPrefilled() {
        return cache.length() >= prompt.size(0);
    }

    /**
     * Chooses the next token of the answer.
     *
     * @throws IllegalStateException if the prompt has not been read
     */
    public int next() {
        if (!isPrefilled()) {
            throw new IllegalStateException("The prompt has not been read yet.");
        }
        try (TensorScope step = scope.child()) {
            if (pending >= 0) {
                Tensor vector = decoder.embed(step, step.longs(new long[] {pending}, 1));
                read(step, vector.reshape(1, 1, vector.size(1)));
            }
            pending = sampler.choose(step, logits, sampling, random);
            return Math.toIntExact(pending);
        }
    }

    private void read(TensorScope step, Tensor vectors) {
        Tensor hidden = decoder.extend(step, vectors, cache);
        Tensor last = hidden.part(1, hidden.size(1) - 1, 1);
        Tensor scores = decoder.logits(step, last);
        if (logits != null) {
            logits.close();
        }
        logits = scores.reshape(-1).moveTo(scope);
    }

    @Override
    public void close() {
        cache.close();
        scope.close();
    }
}
