package dev.watchword.model;

import dev.watchword.tensor.Linear;
import dev.watchword.tensor.Script;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorList;
import dev.watchword.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;

/** From the vision tower's width to the language model's. */
final class Projector implements AutoCloseable {
    private final Script script;
    private final TensorList weights;

    Projector(ModelConfig config, NetworkWeights weights) {
        this.script = Linear.load("projector", weights.device());
        List<Tensor> layers = new ArrayList<>();
        long from = config.vision().width();
        long to = config.language().width();
        // A "linear" projector stands alone; in an MLP, even of one layer, the layers are numbered.
        boolean alone = config.projectorLayers() == 1 && !weights.has("0.weight");
        for (int i = 0; i < config.projectorLayers(); i++) {
            String prefix = alone ? "" : 2 * i + ".";
            layers.add(weights.takeLinear(prefix + "weight", to, from));
            layers.add(weights.take(prefix + "bias", to));
            from = to;
        }
        this.weights = new TensorList(layers);
    }

    /** [.., Dv] to [.., D]. */
    Tensor project(TensorScope scope, Tensor features) {
        return script.call(scope, "project", features, weights);
    }

    @Override
    public void close() {
        weights.close();
        script.close();
    }
}
