package dev.watchword.model;

import dev.watchword.model.text.Prompt;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Frames with which text is fused, as the mean over them by their weights. Pre-fusion is causal: the
 * text in front of a history does not depend on the question behind it, so the two can be fused apart,
 * and with different frames. For one thread at a time.
 */
public final class KeyframeFusion implements AutoCloseable {
    private static final int TEXT_ROOM = 64;

    private final LlavaMini network;
    private final float[] weights;
    private final TensorScope scope;
    private final EncodedFrames frames;

    /**
     * Encodes the frames.
     *
     * @param features {@link LlavaMini#features} of the frames [F, parts, P, Dv]
     * @param weights how much each of them counts; together 1
     * @throws IllegalArgumentException if there is no frame, or a weight too many or too few
     */
    public KeyframeFusion(LlavaMini network, Tensor features, float[] weights) {
        this(
                network,
                Math.toIntExact(features.size(0)),
                weights,
                scope -> network.encode(scope, features, TEXT_ROOM));
    }

    /**
     * Fuses with frames that were encoded before, of which it makes copies.
     *
     * @param weights how much each of them counts; together 1
     * @throws IllegalArgumentException if there is no frame, or a weight too many or too few
     */
    public KeyframeFusion(LlavaMini network, List<EncodedFrames> frames, float[] weights) {
        this(
                network,
                frames.stream().mapToInt(EncodedFrames::count).sum(),
                weights,
                scope -> EncodedFrames.joined(scope, frames, TEXT_ROOM));
    }

    private KeyframeFusion(
            LlavaMini network,
            int count,
            float[] weights,
            Function<TensorScope, EncodedFrames> frames) {
        if (count != weights.length) {
            throw new IllegalArgumentException(
                    "There are %d keyframes and %d weights.".formatted(count, weights.length));
        }
        if (weights.length == 0) {
            throw new IllegalArgumentException("There is no frame to answer from.");
        }
        this.network = network;
        this.weights = weights.clone();
        this.scope = network.newScope();
        try {
            this.frames = frames.apply(scope);
        } catch (RuntimeException e) {
            scope.close();
            throw e;
        }
    }

    /** The text in front of the frames, as the decoder gets it [L, D]. */
    public Tensor front(TensorScope into, long[] before) {
        return inFrontOf(into, new Prompt(before, new long[0]), 0);
    }

    /** The text behind the frames, as the decoder gets it [L, D]. */
    public Tensor behind(TensorScope into, Prompt prompt) {
        return texts(into, prompt, prompt.places()).get(0);
    }

    /**
     * The last texts of a prompt, as the decoder gets them, each [L, D].
     *
     * @param first the number of the first of them
     */
    List<Tensor> texts(TensorScope into, Prompt prompt, int first) {
        try (TensorScope step = network.newScope()) {
            Tensor fused = network.fuseText(step, frames, prompt.ids());
            List<Tensor> texts = new ArrayList<>();
            for (int i = first; i <= prompt.places(); i++) {
                Tensor part = fused.part(1, prompt.begin(i), prompt.text(i).length);
                texts.add(network.meanText(into, part, weights));
            }
            return texts;
        }
    }

    /** The text in front of a place of a prompt, as the decoder gets it [L, D]. */
    Tensor inFrontOf(TensorScope into, Prompt prompt, int place) {
        int length = prompt.text(place).length;
        int begin = prompt.begin(place);
        long[] ids = Arrays.copyOf(prompt.ids(), begin + length + 1);
        try (TensorScope step = network.newScope()) {
            Tensor fused = network.fuseText(step, frames, ids);
            return network.meanText(into, fused.part(1, begin, length), weights);
        }
    }

    @Override
    public void close() {
        frames.close();
        scope.close();
    }
}
