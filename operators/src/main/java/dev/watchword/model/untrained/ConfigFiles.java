package dev.watchword.model.untrained;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.watchword.model.Compression;
import dev.watchword.model.LanguageConfig;
import dev.watchword.model.ModelConfig;
import dev.watchword.model.PictureFit;
import dev.watchword.model.RotaryScaling;
import dev.watchword.model.VisionTowerConfig;
import dev.watchword.model.safetensors.StoredType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Lays a model's shape out as the configuration files of Hugging Face's layout. */
public final class ConfigFiles {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String CONFIG = "config.json";
    private static final Map<StoredType, String> TORCH_TYPES =
            Map.of(
                    StoredType.F32, "float32",
                    StoredType.F16, "float16",
                    StoredType.BF16, "bfloat16");

    private ConfigFiles() {}

    /**
     * Writes config.json and preprocessor_config.json of a model with its vision tower inside, over
     * those that are there; neither weights nor a tokenizer.
     *
     * @param type of the weights that the directory will hold: F32, F16 or BF16
     * @throws IllegalArgumentException if the type is none for weights
     * @throws IOException if a file cannot be written
     */
    public static void write(Path directory, ModelConfig config, StoredType type)
            throws IOException {
        requireWeights(type);
        JsonFiles.write(directory.resolve(CONFIG), model(config, type, true));
        writePreprocessor(directory, config.vision());
    }

    /** Writes config.json of a model with its vision tower in a directory beside it. */
    static void writeWithoutTower(Path directory, ModelConfig config, StoredType type)
            throws IOException {
        requireWeights(type);
        JsonFiles.write(directory.resolve(CONFIG), model(config, type, false));
    }

    /** Writes config.json and preprocessor_config.json of a vision tower's own directory. */
    static void writeTower(Path directory, VisionTowerConfig vision) throws IOException {
        JsonFiles.write(directory.resolve(CONFIG), visionTower(vision));
        writePreprocessor(directory, vision);
    }

    /**
     * @throws IllegalArgumentException if the type is none for weights
     */
    static void requireWeights(StoredType type) {
        if (!TORCH_TYPES.containsKey(type)) {
            throw new IllegalArgumentException(
                    "Weights are stored as one of " + TORCH_TYPES.keySet() + ", not " + type);
        }
    }

    private static ObjectNode model(ModelConfig config, StoredType type, boolean withVisionTower) {
        ObjectNode root = MAPPER.createObjectNode();
        boolean llava = config.compression() == Compression.NONE;
        root.putArray("architectures")
                .add(llava ? "LlavaLlamaForCausalLM" : "LlavaMiniLlamaForCausalLM");
        root.put("model_type", config.modelType());
        root.put("torch_dtype", TORCH_TYPES.get(type));
        language(root, config.language());
        if (!llava) {
            root.put("compressor_size", config.compressorGrid());
            root.put("prefusion_layer_num", config.prefusionLayers());
            root.put("resolution_ratio", config.resolutionRatio());
        }
        if (config.compression() == Compression.POOL) {
            root.put("compressor_type", config.compression().configName());
        }
        root.put("mm_hidden_size", config.vision().width());
        root.put("mm_projector_type", projectorType(config));
        // Counted from the last, as public configurations do.
        int fromLast = config.vision().selectLayer() - config.vision().layers() - 1;
        root.put("mm_vision_select_layer", fromLast);
        root.put("mm_vision_select_feature", "patch");
        root.put("image_aspect_ratio", config.fit() == PictureFit.PAD ? "pad" : "square");
        if (config.newestShare() > 0) {
            root.put("fusion_newest_share", config.newestShare());
        }
        if (config.positionCode() > 0) {
            root.put("frame_position_code", config.positionCode());
        }
        if (config.nameCode() > 0) {
            root.put("frame_name_code", config.nameCode());
        }
        config.evidenceHeads()
                .forEach(
                        each ->
                                root.withArray("evidence_heads")
                                        .addArray()
                                        .add(each.layer())
                                        .add(each.head()));
        if (!config.visionTowerName().isEmpty()) {
            root.put("mm_vision_tower", config.visionTowerName());
        }
        if (withVisionTower) {
            root.set("vision_config", vision(config.vision()));
        }
        return root;
    }

    private static ObjectNode visionTower(VisionTowerConfig vision) {
        ObjectNode root = MAPPER.createObjectNode();
        root.putArray("architectures").add("CLIPModel");
        root.put("model_type", "clip");
        root.set("vision_config", vision(vision).put("model_type", "clip_vision_model"));
        return root;
    }

    /** With CLIP's own mean and deviation. */
    private static void writePreprocessor(Path directory, VisionTowerConfig vision)
            throws IOException {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("feature_extractor_type", "CLIPFeatureExtractor");
        root.put("crop_size", vision.imageSize()).put("size", vision.imageSize());
        root.put("do_center_crop", true).put("do_normalize", true).put("do_resize", true);
        root.put("resample", 3);
        JsonFiles.write(directory.resolve("preprocessor_config.json"), root);
    }

    private static void language(ObjectNode root, LanguageConfig language) {
        root.put("hidden_size", language.width());
        root.put("intermediate_size", language.mlpWidth());
        root.put("num_hidden_layers", language.layers());
        root.put("num_attention_heads", language.heads());
        root.put("num_key_value_heads", language.keyValueHeads());
        root.put("head_dim", language.headSize());
        root.put("vocab_size", language.vocabulary());
        root.put("rms_norm_eps", language.rmsNormEpsilon());
        root.put("rope_theta", language.rotaryTheta());
        rotaryScaling(root, language.scaling());
        root.put("hidden_act", "silu");
        root.put("max_position_embeddings", language.maxPositions());
        root.put("tie_word_embeddings", language.tiedEmbeddings());
        language.stopIds().forEach(root.withArray("eos_token_id")::add);
        root.putNull("bos_token_id");
        language.beginId().ifPresent(id -> root.put("bos_token_id", id));
    }

    private static void rotaryScaling(ObjectNode root, RotaryScaling scaling) {
        root.putNull("rope_scaling");
        if (scaling instanceof RotaryScaling.Linear linear) {
            root.putObject("rope_scaling")
                    .put("rope_type", "linear")
                    .put("factor", linear.factor());
        } else if (scaling instanceof RotaryScaling.Llama3 llama3) {
            root.putObject("rope_scaling")
                    .put("rope_type", "llama3")
                    .put("factor", llama3.factor())
                    .put("low_freq_factor", llama3.lowFrequencyFactor())
                    .put("high_freq_factor", llama3.highFrequencyFactor())
                    .put("original_max_position_embeddings", llama3.originalMaxPositions());
        }
    }

    private static ObjectNode vision(VisionTowerConfig vision) {
        return MAPPER.createObjectNode()
                .put("hidden_size", vision.width())
                .put("intermediate_size", vision.mlpWidth())
                .put("num_hidden_layers", vision.layers())
                .put("num_attention_heads", vision.heads())
                .put("image_size", vision.imageSize())
                .put("patch_size", vision.patchSize())
                .put("layer_norm_eps", vision.layerNormEpsilon())
                .put("hidden_act", vision.activation().configName())
                .put("num_channels", 3);
    }

    private static String projectorType(ModelConfig config) {
        return config.projectorLayers() == 1
                ? "linear"
                : "mlp%dx_gelu".formatted(config.projectorLayers());
    }
}
