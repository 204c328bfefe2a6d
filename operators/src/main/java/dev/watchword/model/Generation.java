package dev.watchword.model;

import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One answer in the making: first {@link #prefill} until it is done, then {@link #next} for each
 * token; or {@link LlavaMini#readChosen} for many answers at once, and {@link #next} for each of
 * them. Used from one thread at a time, though not always the same.
 */
public final class Generation implements AutoCloseable {
    private static final long NOTHING = -1;

    private final Decoder decoder;
    private final Sampler sampler;
    private final Sampling sampling;
    private final SplittableRandom random;
    private final TensorScope scope;
    private final Tensor prompt;
    private final DecoderSequence sequence;

    /** The scores of the next token [V]; null until the prompt is read. */
    private Tensor logits;

    /** The last chosen token while the decoder has not read it yet. */
    private long pending = NOTHING;

    /**
     * @param scope the answer's own, closed with it
     * @param prompt what is read before the first token is chosen [N, D]
     * @param sequence behind which it is read; its own cache is closed with the answer
     */
    Generation(
            Decoder decoder,
            Sampler sampler,
            TensorScope scope,
            Tensor prompt,
            Sampling sampling,
            DecoderSequence sequence) {
        this.decoder = decoder;
        this.sampler = sampler;
        this.sampling = sampling;
        this.random = new SplittableRandom(sampling.seed());
        this.scope = scope;
        this.prompt = prompt.moveTo(scope);
        this.sequence = sequence;
    }

    /**
     * Reads up to {@code most} more vectors of the prompt.
     *
     * @return whether the whole prompt has been read
     */
    public boolean prefill(int most) {
        long from = sequence.own().length();
        long length = Math.min(most, prompt.size(0) - from);
        if (length > 0) {
            try (TensorScope step = scope.child()) {
                Tensor slice = prompt.part(0, from, length).moveTo(step);
                Tensor vectors = slice.reshape(1, length, prompt.size(1));
                if (from + length < prompt.size(0)) {
                    decoder.read(step, vectors, sequence);
                } else {
                    take(decoder.logits(step, decoder.readToLast(step, vectors, sequence)));
                }
            }
        }
        return isPrefilled();
    }

    /** Whether the whole prompt has been read. */
    public boolean isPrefilled() {
        return sequence.own().length() >= prompt.size(0);
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
            readChosen(decoder, step, List.of(this));
            pending = sampler.choose(step, logits, sampling, random);
            return Math.toIntExact(pending);
        }
    }

    /** See {@link LlavaMini#readChosen}. */
    static void readChosen(Decoder decoder, TensorScope step, List<Generation> answers) {
        List<Generation> pending =
                answers.stream().filter(each -> each.pending != NOTHING).toList();
        if (pending.isEmpty()) {
            return;
        }
        long[] ids = pending.stream().mapToLong(each -> each.pending).toArray();
        Tensor vectors = decoder.embed(step, step.longs(ids, ids.length));
        Tensor hidden =
                decoder.extendEach(
                        step,
                        vectors.reshape(ids.length, 1, vectors.size(1)),
                        pending.stream().map(each -> each.sequence).toList());
        Tensor scores = decoder.logits(step, hidden);
        for (int i = 0; i < ids.length; i++) {
            pending.get(i).take(scores.part(0, i, 1));
        }
    }

    /**
     * How much the answer looked at each of the tokens that it shares with others, when its tokens
     * were chosen: the mean over them.
     *
     * @param answer the tokens that were chosen; without any, what was looked at in choosing the first
     * @param heads which heads of the decoder, numbered through all layers, rising
     * @return [heads, shared], float32
     */
    Tensor lookedAt(TensorScope step, List<Integer> answer, long[] heads) {
        long last = prompt.size(0) - 1;
        Tensor vectors = prompt.part(0, last, 1).moveTo(step);
        if (answer.size() > 1) {
            // The last token was chosen, but nothing was chosen by it.
            long[] read = new long[answer.size() - 1];
            Arrays.setAll(read, answer::get);
            Tensor written = decoder.embed(step, step.longs(read, read.length));
            vectors = step.join(List.of(vectors, written), 0);
        }
        sequence.own().truncate(Math.toIntExact(last));
        return decoder.lookedAt(
                step, vectors.reshape(1, vectors.size(0), vectors.size(1)), sequence, heads);
    }

    /** Takes the scores of the next token, any shape of V numbers; then nothing is pending. */
    private void take(Tensor scores) {
        if (logits != null) {
            logits.close();
        }
        logits = scores.reshape(-1).moveTo(scope);
        pending = NOTHING;
    }

    /** The scores of the next token [V], float32, once the prompt has been read. */
    Tensor scores() {
        return logits;
    }

    @Override
    public void close() {
        sequence.own().close();
        scope.close();
    }
}
