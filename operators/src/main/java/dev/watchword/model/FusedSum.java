package dev.watchword.model;

import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The fused text of frames that come some at a time, kept as sums, for its mean over all frames. */
public final class FusedSum {
    private final LlavaMini network;
    private final TensorScope scope;
    private final List<Tensor> sums = new ArrayList<>();
    private final List<Tensor> newest = new ArrayList<>();
    private int frames;

    /**
     * @param scope owns the sums
     */
    public FusedSum(LlavaMini network, TensorScope scope) {
        this.network = network;
        this.scope = scope;
    }

    /** Takes the text fused with the next frames [F, L, D]. */
    public void add(Tensor fused) {
        int count = Math.toIntExact(fused.size(0));
        sums.add(network.sumOverFrames(scope, fused));
        frames += count;
        newest.forEach(Tensor::close);
        newest.clear();
        if (network.config().newestShare() > 0) {
            newest.add(network.sumOverFrames(scope, fused.part(0, count - 1, 1)));
        }
    }

    /** The sums of which the mean is made, in float32 [S, L, D]. */
    public Tensor terms() {
        List<Tensor> terms = new ArrayList<>(sums);
        terms.addAll(newest);
        return scope.join(terms, 0);
    }

    /** How much each of the {@link #terms} counts. */
    public float[] weights() {
        if (newest.isEmpty()) {
            float[] weights = new float[sums.size()];
            Arrays.fill(weights, 1f / frames);
            return weights;
        }
        float[] ofFrames = network.config().frameWeights(frames);
        float[] weights = new float[sums.size() + 1];
        Arrays.fill(weights, ofFrames[0]);
        // The newest frame is in the last sum too, and counts there as the others do.
        weights[sums.size()] = ofFrames[frames - 1] - ofFrames[0];
        return weights;
    }
}
