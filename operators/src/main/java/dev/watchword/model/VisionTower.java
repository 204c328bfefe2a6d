package dev.watchword.model;

import dev.watchword.tensor.Linear;
import dev.watchword.tensor.Script;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorList;
import dev.watchword.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;

/** CLIP's vision transformer, up to the layer whose hidden states LLaVA-Mini looks at. */
final class VisionTower implements AutoCloseable {
    private final VisionTowerConfig config;
    private final Script script;
    private final TensorList embeddings;
    private final TensorList layers;

    VisionTower(VisionTowerConfig config, NetworkWeights weights) {
        this.config = config;
        this.script = Linear.load("vision_tower", weights.device());
        this.embeddings = new TensorList(embeddings(config, weights));
        List<Tensor> all = new ArrayList<>();
        for (int i = 0; i < config.selectLayer(); i++) {
            all.addAll(layer(config, weights.within("encoder.layers." + i + ".")));
        }
        this.layers = new TensorList(all);
    }

    private static List<Tensor> embeddings(VisionTowerConfig config, NetworkWeights weights) {
        int width = config.width();
        int patch = config.patchSize();
        return List.of(
                weights.takeInFloat32("embeddings.class_embedding", width),
                weights.take("embeddings.patch_embedding.weight", width, 3, patch, patch),
                weights.takeInFloat32(
                        "embeddings.position_embedding.weight", config.patches() + 1, width),
                weights.takeInFloat32("pre_layrnorm.weight", width),
                weights.takeInFloat32("pre_layrnorm.bias", width));
    }

    private static List<Tensor> layer(VisionTowerConfig config, NetworkWeights weights) {
        int width = config.width();
        int mlp = config.mlpWidth();
        return List.of(
                weights.takeInFloat32("layer_norm1.weight", width),
                weights.takeInFloat32("layer_norm1.bias", width),
                weights.takeLinear("self_attn.q_proj.weight", width, width),
                weights.take("self_attn.q_proj.bias", width),
                weights.takeLinear("self_attn.k_proj.weight", width, width),
                weights.take("self_attn.k_proj.bias", width),
                weights.takeLinear("self_attn.v_proj.weight", width, width),
                weights.take("self_attn.v_proj.bias", width),
                weights.takeLinear("self_attn.out_proj.weight", width, width),
                weights.take("self_attn.out_proj.bias", width),
                weights.takeInFloat32("layer_norm2.weight", width),
                weights.takeInFloat32("layer_norm2.bias", width),
                weights.takeLinear("mlp.fc1.weight", mlp, width),
                weights.take("mlp.fc1.bias", mlp),
                weights.takeLinear("mlp.fc2.weight", width, mlp),
                weights.take("mlp.fc2.bias", width));
    }

    /** Pictures [B, 3, S, S] to the features of their patches [B, P, Dv]. */
    Tensor features(TensorScope scope, Tensor pixels) {
        return script.call(
                scope,
                "features",
                pixels,
                embeddings,
                layers,
                config.heads(),
                config.layerNormEpsilon(),
                config.activation() == Activation.QUICK_GELU);
    }

    @Override
    public void close() {
        layers.close();
        embeddings.close();
        script.close();
    }
}
