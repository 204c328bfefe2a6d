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
    private final boolean ownsCache;

    /** How many tokens stand in the cache before the prompt. */
    private final int before;

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
        this(
                decoder,
                sampler,
                scope,
                prompt,
                sampling,
                decoder.newCache(scope, Math.addExact(Math.toIntExact(prompt.size(0)), room)),
                true);
    }

    /**
     * An answer behind what a cache holds already; {@link #close} leaves the cache as it was.
     *
     * @param prompt what follows it [N, D]
     */
    static Generation behind(
            KeyValueCache cache,
            Decoder decoder,
            Sampler sampler,
            TensorScope scope,
            Tensor prompt,
            Sampling sampling) {
        return new Generation(decoder, sampler, scope, prompt, sampling, cache, false);
    }

    private Generation(
            Decoder decoder,
            Sampler sampler,
            TensorScope scope,
            Tensor prompt,
            Sampling sampling,
            KeyValueCache cache,
            boolean ownsCache) {
        this.decoder = decoder;
        this.sampler = sampler;
        this.sampling = sampling;
        this.random = new SplittableRandom(sampling.seed());
        this.scope = scope;
        this.prompt = prompt.moveTo(scope);
        this.cache = cache;
        this.ownsCache = ownsCache;
        this.before = cache.length();
    }

    /**
     * Reads up to {@code most} more vectors of the prompt.
     *
     * @return whether the whole prompt has been read
     */
    public boolean prefill(int most) {
        long from = cache.length() - before;
        long length = Math.min(most, prompt.size(0) - from);
        if (length > 0) {
            try (TensorScope step = scope.child()) {
                Tensor slice = prompt.part(0, from, length).moveTo(step);
                read(step, slice.reshape(1, length, prompt.size(1)));
            }
        }
        return isPrefilled();
    }

    /** Whether the whole prompt has been read. */
    public boolean isPrefilled() {
        return cache.length() - before >= prompt.size(0);
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

    /** The scores of the next token [V], float32, once the prompt has been read. */
    Tensor scores() {
        return logits;
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
        if (ownsCache) {
            cache.close();
        } else {
            cache.truncate(before);
        }
        scope.close();
    }
}
