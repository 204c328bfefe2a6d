package dev.watchword.model;

import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * What the decoder has read of a history that grows at its end: the text in front of the frames, and
 * the frames' tokens; of several histories, each one's text in front of its frames. Any number of
 * questions can be asked behind any number of its first frames, also while it grows; the decoder is
 * causal, so what follows later changes nothing of what was read.
 *
 * <p>Used from one thread at a time. Its memory is its own and is freed by {@link #close}.
 */
public final class Prefix implements AutoCloseable {
    /** Scores of so many new tokens against those before are held at once, over all heads. */
    private static final int SLICE = 512;

    private static final int FIRST_ROOM = 64;

    private final LlavaMini network;
    private final TensorScope scope;
    private final KeyValueCache cache;
    private final List<Run> runs = new ArrayList<>();
    private int frames;

    /** The code with which the frames to come are marked. */
    private Optional<Tensor> nameCode = Optional.empty();

    /**
     * Frames that lie one after the other, without text between them.
     *
     * @param token where the first of them begins
     * @param frame which frame that is, from 0
     */
    private record Run(int token, int frame) {}

    /**
     * @param front the text in front of the frames, as the decoder gets it [L, D]; L may be 0
     * @param room for how many frames room is made; more is possible and costs copies
     */
    Prefix(LlavaMini network, Tensor front, int room) {
        this.network = network;
        this.scope = network.newScope();
        int length = Math.toIntExact(front.size(0));
        this.runs.add(new Run(length, 0));
        try {
            int tokens = Math.multiplyExact(Math.max(room, FIRST_ROOM), tokensOfFrame());
            this.cache = network.newCache(scope, Math.addExact(length, tokens));
            if (length > 0) {
                read(front);
            }
        } catch (RuntimeException e) {
            scope.close();
            throw e;
        }
    }

    private int tokensOfFrame() {
        return network.config().visionTokens();
    }

    /** How many frames it holds. */
    public int frames() {
        return frames;
    }

    /** The bytes of the device's memory that it occupies, with the room that it has for more. */
    public long bytes() {
        return cache.bytes();
    }

    /**
     * Reads the next frames.
     *
     * @param tokens their vision tokens [F, Q, D], in the network's precision
     */
    public void append(Tensor tokens) {
        int count = Math.toIntExact(tokens.size(0));
        try (TensorScope step = network.newScope()) {
            for (int at = 0; at < count; ) {
                int most = Math.max(1, SLICE / tokensOfFrame());
                int length = Math.min(most, count - at);
                Tensor part = tokens.part(0, at, length).moveTo(step);
                Tensor vectors =
                        marked(
                                step,
                                part.reshape((long) length * tokensOfFrame(), tokens.size(2))
                                        .moveTo(step));
                read(network.placed(step, vectors, cache.length()));
                frames += length;
                at += length;
            }
        }
    }

    private Tensor marked(TensorScope step, Tensor vectors) {
        return nameCode.map(code -> network.named(step, vectors, code)).orElse(vectors);
    }

    /**
     * Says whose the frames to come are, where those of several streams lie one after the other.
     *
     * @param name the tokens of the stream's name, {@link
     *     dev.watchword.model.text.TextModel#name}; none if it has no name
     */
    public void beginStream(long[] name) {
        nameCode = network.nameCode(scope, name);
    }

    /**
     * Reads text that stands between the frames before and those to come.
     *
     * @param text as the decoder gets it [L, D]; L may be 0
     */
    public void appendText(Tensor text) {
        if (text.size(0) > 0) {
            read(text);
        }
        runs.add(new Run(cache.length(), frames));
    }

    private void read(Tensor vectors) {
        try (TensorScope step = network.newScope()) {
            network.readBehind(step, vectors, cache);
        }
    }

    /** The cache, and how many of its tokens belong to the first frames. */
    DecoderSequence sequence(int firstFrames, KeyValueCache own) {
        if (firstFrames < 0 || firstFrames > frames) {
            throw new IllegalArgumentException(
                    "The prefix holds %d frames, not %d.".formatted(frames, firstFrames));
        }
        return DecoderSequence.behind(cache, end(firstFrames), own);
    }

    /** How many tokens there are up to the end of the first frames. */
    private int end(int firstFrames) {
        return firstFrames == 0 ? runs.get(0).token() : begin(firstFrames - 1) + tokensOfFrame();
    }

    /** Where a frame's tokens begin. */
    private int begin(int frame) {
        int run = runs.size() - 1;
        while (runs.get(run).frame() > frame) {
            run--;
        }
        return runs.get(run).token() + (frame - runs.get(run).frame()) * tokensOfFrame();
    }

    /**
     * How much an answer looked at each of the first frames while it was written, by the attention of
     * those heads of the decoder that {@link ModelConfig#evidenceHeads} names. What a head gives to
     * other tokens than frames does not count.
     *
     * @param firstFrames that the answer saw, at least one
     * @param generation of the answer, behind this prefix; it cannot be gone on with
     * @param answer its tokens
     * @return for each frame its share, oldest first; together 1
     */
    public float[] evidence(int firstFrames, Generation generation, List<Integer> answer) {
        float[][] looked =
                looked(firstFrames, generation, answer, network.config().evidenceNumbers());
        return shares(looked, firstFrames);
    }

    /**
     * How much each of the decoder's heads looked at each of the first frames while an answer was
     * written.
     *
     * @param firstFrames that the answer saw, at least one
     * @param generation of the answer, behind this prefix; it cannot be gone on with
     * @param answer its tokens
     * @return for each head, numbered through all layers, the attention to each frame, oldest first:
     *     the mean over the answer's tokens; with what it gives to other tokens 1
     */
    float[][] attention(int firstFrames, Generation generation, List<Integer> answer) {
        LanguageConfig language = network.config().language();
        long[] all = LongStream.range(0, (long) language.layers() * language.heads()).toArray();
        return looked(firstFrames, generation, answer, all);
    }

    private float[][] looked(
            int firstFrames, Generation generation, List<Integer> answer, long[] heads) {
        int shared = end(firstFrames);
        try (TensorScope step = network.newScope()) {
            float[] tokens = generation.lookedAt(step, answer, heads).toFloats();
            float[][] looked = new float[heads.length][firstFrames];
            for (int head = 0; head < heads.length; head++) {
                for (int frame = 0; frame < firstFrames; frame++) {
                    int begin = head * shared + begin(frame);
                    for (int token = begin; token < begin + tokensOfFrame(); token++) {
                        looked[head][frame] += tokens[token];
                    }
                }
            }
            return looked;
        }
    }

    private static float[] shares(float[][] looked, int frames) {
        double[] sums = new double[frames];
        double all = 0;
        for (int frame = 0; frame < frames; frame++) {
            for (float[] head : looked) {
                sums[frame] += head[frame];
            }
            all += sums[frame];
        }
        float[] shares = new float[frames];
        for (int frame = 0; frame < frames; frame++) {
            shares[frame] = (float) (all > 0 ? sums[frame] / all : 1.0 / frames);
        }
        return shares;
    }

    @Override
    public void close() {
        cache.close();
        scope.close();
    }
}
