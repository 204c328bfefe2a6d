package dev.watchword.model;

import dev.watchword.model.text.Prompt;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.Arrays;

/**
 * A prompt up to the end of its frames, read by the decoder once, for any number of questions.
 *
 * <p>Pre-fusion is causal, as the decoder is: the fused text in front of the frames does not depend
 * on the question behind them. For one thread at a time.
 */
final class ReadFrames implements AutoCloseable {
    private static final int TEXT_ROOM = 64;
    private static final int ANSWER_ROOM = 64;

    private final LlavaMini network;
    private final float[] weights;
    private final long[] before;
    private final TensorScope scope;
    private final Tensor noTokens;
    private final EncodedFrames keyframes;
    private final Prefix read;

    /**
     * Reads frames.
     *
     * @param keyframeFeatures of those frames with which text is fused [F', parts, P, Dv]
     * @param weights how much each of the F' frames counts; together 1
     * @param tokens the vision tokens of all frames [F, Q, D]
     * @param before the token ids in front of the frames
     */
    ReadFrames(
            LlavaMini network,
            Tensor keyframeFeatures,
            float[] weights,
            Tensor tokens,
            long[] before) {
        this.network = network;
        this.weights = weights.clone();
        this.before = before.clone();
        this.scope = network.newScope();
        try {
            this.keyframes = network.encode(scope, keyframeFeatures, before.length + TEXT_ROOM);
            this.noTokens = noTokens(tokens);
            this.read = readFront(tokens);
        } catch (RuntimeException e) {
            scope.close();
            throw e;
        }
    }

    private Prefix readFront(Tensor tokens) {
        long[] front = Arrays.copyOf(before, before.length + 1);
        front[before.length] = Prompt.FRAMES;
        try (TensorScope step = network.newScope()) {
            Tensor fused = network.fuseText(step, keyframes, front);
            Tensor vectors = network.prompt(step, fused, weights, noTokens, before.length);
            Prefix prefix = network.newPrefix(vectors, Math.toIntExact(tokens.size(0)));
            prefix.append(tokens);
            return prefix;
        }
    }

    private Tensor noTokens(Tensor tokens) {
        try (TensorScope step = network.newScope()) {
            float[] none = new float[0];
            return step.floats(none, 0, tokens.size(1), tokens.size(2))
                    .cast(network.precision())
                    .moveTo(scope);
        }
    }

    /**
     * Begins the answer to a question; close it before the next.
     *
     * @throws IllegalArgumentException if the prompt does not begin with the text that was read
     */
    Generation ask(Prompt prompt, Sampling sampling) {
        if (!Arrays.equals(prompt.before(), before)) {
            throw new IllegalArgumentException(
                    "The text in front of the frames is not the one that was read.");
        }
        try (TensorScope step = network.newScope()) {
            Tensor fused = network.fuseText(step, keyframes, prompt.ids());
            Tensor behind = fused.part(1, before.length, prompt.after().length + 1L);
            Tensor vectors = network.prompt(step, behind, weights, noTokens, 0);
            return network.generateBehind(read, read.frames(), vectors, sampling, ANSWER_ROOM);
        }
    }

    @Override
    public void close() {
        read.close();
        keyframes.close();
        scope.close();
    }
}
