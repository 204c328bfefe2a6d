package dev.watchword.model;

import java.util.Arrays;
import java.util.List;

/** Reads the shape of a CLIP vision tower, with Hugging Face's defaults for what is left out. */
final class VisionTowerReader {
    private static final List<String> CLIP_MODEL_TYPES = List.of("clip", "clip_vision_model");
    private static final List<String> VISION_ARCHITECTURES =
            List.of("CLIPVisionModel", "CLIPVisionModelWithProjection");

    private static final int LARGEST_IMAGE = 4096;

    private VisionTowerReader() {}

    /**
     * Finds the vision tower's values in the config.json of a tower's own directory: either a whole
     * CLIP model's, which holds them under {@code vision_config}, or a vision model's alone.
     */
    static ConfigValues valuesIn(ConfigValues towerConfig) {
        String modelType = towerConfig.text("model_type", "clip_vision_model");
        towerConfig.require(
                CLIP_MODEL_TYPES.contains(modelType),
                "model_type",
                "\"clip\" or \"clip_vision_model\", the vision towers that are known");
        List<String> architectures = towerConfig.texts("architectures");
        boolean alone =
                modelType.equals("clip_vision_model") && !towerConfig.has("vision_config")
                        || architectures.stream().anyMatch(VISION_ARCHITECTURES::contains);
        if (alone) {
            return towerConfig;
        }
        return towerConfig
                .object("vision_config")
                .or(() -> towerConfig.object("vision_config_dict"))
                .orElseThrow(
                        () ->
                                new ModelFileException(
                                        towerConfig.file(),
                                        "\"vision_config\" is missing; expected the vision tower's"
                                                + " settings there"));
    }

    /**
     * Reads the tower's shape.
     *
     * @param model the values that hold {@code mm_vision_select_layer}
     */
    static VisionTowerConfig read(ConfigValues tower, ConfigValues model) {
        tower.require(
                CLIP_MODEL_TYPES.contains(tower.text("model_type", "clip_vision_model")),
                "model_type",
                "\"clip_vision_model\", the only vision tower that is known");
        int width = tower.positive("hidden_size", 768);
        int heads = tower.positive("num_attention_heads", 12);
        tower.require(
                width % heads == 0,
                "num_attention_heads",
                heads,
                "a divisor of \"hidden_size\", which is " + width);
        int imageSize = tower.positive("image_size", 224);
        tower.require(
                imageSize <= LARGEST_IMAGE,
                "image_size",
                imageSize,
                "at most " + LARGEST_IMAGE + " pixels");
        int patchSize = tower.positive("patch_size", 32);
        tower.require(
                patchSize <= imageSize,
                "patch_size",
                patchSize,
                "at most \"image_size\", which is " + imageSize);
        int channels = tower.positive("num_channels", 3);
        tower.require(channels == 3, "num_channels", channels, "3: red, green and blue");
        int layers = tower.positive("num_hidden_layers", 12);
        return new VisionTowerConfig(
                width,
                tower.positive("intermediate_size", 3072),
                layers,
                heads,
                imageSize,
                patchSize,
                tower.positiveNumber("layer_norm_eps", 1e-5),
                activation(tower),
                selectLayer(model, layers));
    }

    private static Activation activation(ConfigValues tower) {
        String name = tower.text("hidden_act", Activation.QUICK_GELU.configName());
        return Arrays.stream(Activation.values())
                .filter(activation -> activation.configName().equals(name))
                .findFirst()
                .orElseGet(
                        () -> {
                            tower.require(false, "hidden_act", "\"quick_gelu\" or \"gelu\"");
                            return Activation.QUICK_GELU;
                        });
    }

    private static int selectLayer(ConfigValues model, int layers) {
        String key = "mm_vision_select_layer";
        String expected =
                "a hidden state of the vision tower: from 0 to %d, or from -%d to -1 counted from the last"
                        .formatted(layers, layers + 1);
        model.requireGiven(key, expected);
        int given = model.integer(key, 0);
        int resolved = given < 0 ? layers + 1 + given : given;
        model.require(resolved >= 0 && resolved <= layers, key, expected);
        return resolved;
    }
}
