package dev.watchword.model;

import dev.watchword.model.text.Prompt;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The text of a question about several histories, fused with frames. Text is fused with the mean over
 * the histories, in which each counts the same however many frames it has; with anchors, the text in
 * front of each history's frames is fused with that history's anchor alone. Of one history without a
 * name this is what {@link KeyframeFusion} gives. For one thread at a time.
 */
public final class SegmentedText {
    private final LlavaMini network;
    private final TensorScope scope;
    private final Prompt prompt;
    private final boolean anchored;
    private final List<Tensor> fronts = new ArrayList<>();

    /** Of each history that was added, the texts that are fused with the mean. */
    private final List<List<Tensor>> fused = new ArrayList<>();

    /**
     * @param scope to which the texts will belong
     * @param anchored whether the text in front of each history is fused with its anchor
     */
    public SegmentedText(LlavaMini network, TensorScope scope, Prompt prompt, boolean anchored) {
        this.network = network;
        this.scope = scope;
        this.prompt = prompt;
        this.anchored = anchored;
    }

    /** Fuses the text with the keyframes of the next history, and the text in front with the mean. */
    public void add(KeyframeFusion keyframes) {
        fused.add(keyframes.texts(scope, prompt, anchored ? prompt.places() : 0));
    }

    /** Fuses the text in front of the next history's frames with that history's anchor. */
    public void addAnchor(KeyframeFusion anchor) {
        fronts.add(anchor.inFrontOf(scope, prompt, fronts.size()));
    }

    /** The text in front of each history's frames, as the decoder gets it, each [L, D]. */
    public List<Tensor> fronts() {
        if (anchored) {
            return List.copyOf(fronts);
        }
        List<Tensor> means = new ArrayList<>();
        for (int place = 0; place < prompt.places(); place++) {
            means.add(mean(place));
        }
        return means;
    }

    /** The text behind all frames, as the decoder gets it [L, D]. */
    public Tensor behind() {
        return mean(fused.get(0).size() - 1);
    }

    private Tensor mean(int text) {
        if (fused.size() == 1) {
            return fused.get(0).get(text);
        }
        float[] equal = new float[fused.size()];
        Arrays.fill(equal, 1f / equal.length);
        try (TensorScope step = network.newScope()) {
            List<Tensor> each = new ArrayList<>();
            for (List<Tensor> texts : fused) {
                Tensor one = texts.get(text);
                each.add(one.reshape(1, one.size(0), one.size(1)));
            }
            return network.meanText(scope, step.join(each, 0), equal);
        }
    }
}
