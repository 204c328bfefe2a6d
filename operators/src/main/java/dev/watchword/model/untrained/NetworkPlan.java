package dev.watchword.model.untrained;

import dev.watchword.model.Compression;
import dev.watchword.model.LanguageConfig;
import dev.watchword.model.ModelConfig;
import dev.watchword.model.VisionTowerConfig;
import dev.watchword.model.untrained.Initialisation.Normal;
import dev.watchword.model.untrained.Initialisation.Positions;
import java.util.List;

/** The tensors of a LLaVA-Mini network, as the public checkpoints name them. */
final class NetworkPlan {
    /** What the names of a vision tower's tensors begin with, inside a model's own files. */
    static final String INSIDE = "model.vision_tower.vision_tower.";

    private NetworkPlan() {}

    /** Everything but the vision tower, in the order in which data flows. */
    static List<TensorPlan> model(ModelConfig config) {
        LanguageConfig language = config.language();
        int width = language.width();
        TensorPlans all = new TensorPlans("");
        TensorPlans model = all.part("model");
        if (config.compression() == Compression.QUERY) {
            compressor(model.part("compressor"), config);
        }
        projector(model, config);
        for (int i = 0; i < config.prefusionLayers(); i++) {
            decoderBlock(model.part("prefusion_layers").part("" + i), language);
        }
        model.add("embed_tokens.weight", embeddings(language), language.vocabulary(), width);
        for (int i = 0; i < language.layers(); i++) {
            decoderBlock(model.part("layers").part("" + i), language);
        }
        model.rmsNorm("norm", width);
        if (!language.tiedEmbeddings()) {
            all.linear("lm_head", language.vocabulary(), width);
        }
        return all.plans();
    }

    /**
     * The vision tower.
     *
     * @param prefix what the names begin with
     */
    static List<TensorPlan> visionTower(VisionTowerConfig vision, String prefix) {
        int width = vision.width();
        int patch = vision.patchSize();
        TensorPlans tower = new TensorPlans(prefix).part("vision_model");
        tower.part("embeddings")
                .add("class_embedding", new Normal(1), width)
                .add(
                        "patch_embedding.weight",
                        Initialisation.linear(3L * patch * patch),
                        width,
                        3,
                        patch,
                        patch)
                .add("position_embedding.weight", new Normal(0.3), vision.patches() + 1, width);
        // The name is misspelt in every checkpoint of the world.
        tower.layerNorm("pre_layrnorm", width);
        for (int i = 0; i < vision.layers(); i++) {
            visionBlock(tower.part("encoder").part("layers").part("" + i), vision);
        }
        tower.layerNorm("post_layernorm", width);
        return tower.plans();
    }

    private static void visionBlock(TensorPlans block, VisionTowerConfig vision) {
        int width = vision.width();
        block.layerNorm("layer_norm1", width);
        TensorPlans attention = block.part("self_attn");
        for (String projection : List.of("q_proj", "k_proj", "v_proj", "out_proj")) {
            attention.biasedLinear(projection, width, width);
        }
        block.layerNorm("layer_norm2", width);
        block.part("mlp")
                .biasedLinear("fc1", vision.mlpWidth(), width)
                .biasedLinear("fc2", width, vision.mlpWidth());
    }

    private static void compressor(TensorPlans compressor, ModelConfig config) {
        int width = config.vision().width();
        int queries = config.visionTokens();
        compressor
                .add("pos_embed", new Positions(config.compressorGrid(), width), queries, width)
                .add("query", new Normal(1), queries, width)
                .layerNorm("ln_q", width)
                .layerNorm("ln_kv", width);
        compressor
                .part("attn")
                .add("in_proj_weight", Initialisation.linear(width), 3L * width, width)
                .add("in_proj_bias", Initialisation.zeros(), 3L * width)
                .biasedLinear("out_proj", width, width);
    }

    private static void projector(TensorPlans model, ModelConfig config) {
        int width = config.language().width();
        if (config.projectorLayers() == 1) {
            model.biasedLinear("mm_projector", width, config.vision().width());
            return;
        }
        // Between two linear maps stands an activation, which takes a number too.
        TensorPlans projector = model.part("mm_projector");
        projector.biasedLinear("0", width, config.vision().width());
        for (int i = 1; i < config.projectorLayers(); i++) {
            projector.biasedLinear("" + 2 * i, width, width);
        }
    }

    private static void decoderBlock(TensorPlans block, LanguageConfig language) {
        int width = language.width();
        long queryWidth = (long) language.heads() * language.headSize();
        long keyValueWidth = (long) language.keyValueHeads() * language.headSize();
        block.rmsNorm("input_layernorm", width);
        block.part("self_attn")
                .linear("q_proj", queryWidth, width)
                .linear("k_proj", keyValueWidth, width)
                .linear("v_proj", keyValueWidth, width)
                .linear("o_proj", width, queryWidth);
        block.rmsNorm("post_attention_layernorm", width);
        block.part("mlp")
                .linear("gate_proj", language.mlpWidth(), width)
                .linear("up_proj", language.mlpWidth(), width)
                .linear("down_proj", width, language.mlpWidth());
    }

    /** Tied embeddings are the output's linear map too, and are small as such. */
    private static Initialisation embeddings(LanguageConfig language) {
        return language.tiedEmbeddings() ? Initialisation.linear(language.width()) : new Normal(1);
    }
}
