package dev.watchword.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a {@link ModelConfig} from a model directory's config.json and the files beside it. What
 * they leave out gets the defaults of Hugging Face's library and of the public LLaVA-Mini code; all
 * the rest is checked, and a value that is wrong or not supported is a {@link ModelFileException}
 * that names the file, the key, the value and what was expected.
 */
public final class ModelConfigReader {
    private static final String ARCHITECTURE = "LlavaMiniLlamaForCausalLM";
    private static final String MODEL_TYPE = "llava_mini_llama";
    private static final String LLAVA_ARCHITECTURE = "LlavaLlamaForCausalLM";
    private static final String LLAVA_TYPE = "llava_llama";
    private static final List<String> LLAVA_TYPES = List.of(LLAVA_TYPE, "llava");
    private static final int COMPRESSOR_HEADS = 8;
    private static final int LARGEST_GRID = 64;
    private static final int STRONGEST_CODE = 100;
    private static final Pattern MLP_PROJECTOR = Pattern.compile("mlp([1-9]\\d?)x_gelu");

    private ModelConfigReader() {}

    /**
     * Reads the shape of a network.
     *
     * @param configFile the model's config.json
     * @param towerConfigFile the config.json of the vision tower's own directory. Used when the
     *     model's has no {@code vision_config}
     * @param generationConfigFile generation_config.json, for its stop ids
     */
    public static ModelConfig read(
            Path configFile, Optional<Path> towerConfigFile, Optional<Path> generationConfigFile) {
        ConfigValues config = ConfigValues.read(configFile);
        String modelType = modelType(config);
        ConfigValues tower = towerValues(config, towerConfigFile);
        VisionTowerConfig vision = VisionTowerReader.read(tower, config);
        LanguageConfig language =
                LanguageReader.read(config, generationConfigFile.map(ConfigValues::read));
        requireVisionPath(config, vision);
        ModelConfig mini =
                new ModelConfig(
                        MODEL_TYPE,
                        vision,
                        language,
                        config.between(1, LARGEST_GRID, "compressor_size", 2),
                        COMPRESSOR_HEADS,
                        projectorLayers(config),
                        config.atLeast(0, "prefusion_layer_num", 4),
                        config.between(1, LARGEST_GRID, "resolution_ratio", 1),
                        fit(config),
                        visionTowerName(config),
                        Compression.QUERY,
                        config.share("fusion_newest_share", 0),
                        evidenceHeads(config, language),
                        config.upTo(STRONGEST_CODE, "frame_position_code", 0),
                        config.upTo(STRONGEST_CODE, "frame_name_code", 0));
        if (modelType.equals(LLAVA_TYPE)) {
            requireNothingOfMini(config);
            return mini.asLlava();
        }
        if (isPooled(config)) {
            return mini.withPooling();
        }
        tower.require(
                vision.width() % COMPRESSOR_HEADS == 0,
                "hidden_size",
                vision.width(),
                "a multiple of %d, the compressor's heads".formatted(COMPRESSOR_HEADS));
        return mini;
    }

    private static List<AttentionHead> evidenceHeads(ConfigValues config, LanguageConfig language) {
        String key = "evidence_heads";
        List<AttentionHead> heads = new ArrayList<>();
        for (List<Integer> pair : config.pairs(key)) {
            AttentionHead head = new AttentionHead(pair.get(0), pair.get(1));
            config.require(
                    head.layer() < language.layers() && head.head() < language.heads(),
                    key,
                    "a list of pairs: a layer below %d, and a head below %d"
                            .formatted(language.layers(), language.heads()));
            heads.add(head);
        }
        return heads;
    }

    private static boolean isPooled(ConfigValues config) {
        String key = "compressor_type";
        String type = config.text(key, Compression.QUERY.configName());
        boolean pooled = type.equals(Compression.POOL.configName());
        config.require(
                pooled || type.equals(Compression.QUERY.configName()),
                key,
                "\"query\" or \"pool\"");
        return pooled;
    }

    /** What only LLaVA-Mini has must not be asked of LLaVA-v1.5. */
    private static void requireNothingOfMini(ConfigValues config) {
        for (String key : List.of("compressor_size", "compressor_type")) {
            config.require(
                    !config.has(key), key, "nothing: \"" + LLAVA_TYPE + "\" has no compressor");
        }
        config.require(
                config.integer("prefusion_layer_num", 0) == 0,
                "prefusion_layer_num",
                "0 or nothing: \"" + LLAVA_TYPE + "\" has no pre-fusion");
        config.require(
                config.integer("resolution_ratio", 1) == 1,
                "resolution_ratio",
                "1 or nothing: \"" + LLAVA_TYPE + "\" takes one picture a frame");
    }

    /** Returns where config.json says the vision tower came from, or an empty text. */
    static String visionTowerName(ConfigValues config) {
        return config.text("mm_vision_tower", "");
    }

    /** Returns {@code llava_mini_llama} or {@code llava_llama}. */
    private static String modelType(ConfigValues config) {
        List<String> architectures = config.texts("architectures");
        boolean mini = architectures.isEmpty() || architectures.contains(ARCHITECTURE);
        config.require(
                mini || architectures.contains(LLAVA_ARCHITECTURE),
                "architectures",
                "[\"%s\"] or [\"%s\"], the only architectures that are known"
                        .formatted(ARCHITECTURE, LLAVA_ARCHITECTURE));
        String ofArchitecture = mini ? MODEL_TYPE : LLAVA_TYPE;
        String type = config.text("model_type", architectures.isEmpty() ? "" : ofArchitecture);
        boolean llava = LLAVA_TYPES.contains(type);
        config.require(
                llava || type.equals(MODEL_TYPE),
                "model_type",
                "\"%s\" or \"%s\", the only architectures that are known"
                        .formatted(MODEL_TYPE, LLAVA_TYPE));
        return llava ? LLAVA_TYPE : MODEL_TYPE;
    }

    private static ConfigValues towerValues(ConfigValues config, Optional<Path> towerConfigFile) {
        return config.object("vision_config")
                .or(() -> towerConfigFile.map(ConfigValues::read).map(VisionTowerReader::valuesIn))
                .orElseThrow(
                        () ->
                                new ModelFileException(
                                        config.file(),
                                        "\"vision_config\" is missing, and the vision tower has no"
                                                + " directory of its own either; expected one"));
    }

    private static void requireVisionPath(ConfigValues config, VisionTowerConfig vision) {
        int width = vision.width();
        config.require(
                config.integer("mm_hidden_size", width) == width,
                "mm_hidden_size",
                "%d, the vision tower's \"hidden_size\"".formatted(width));
        String feature = config.text("mm_vision_select_feature", "patch");
        config.require(
                feature.equals("patch"),
                "mm_vision_select_feature",
                "\"patch\": the class token is not used");
        for (String key : List.of("s2", "mm_use_im_start_end")) {
            config.require(!config.flag(key, false), key, "false: it is not supported");
        }
    }

    private static int projectorLayers(ConfigValues config) {
        String key = "mm_projector_type";
        String type = config.text(key, "linear");
        if (type.equals("linear")) {
            return 1;
        }
        Matcher mlp = MLP_PROJECTOR.matcher(type);
        config.require(mlp.matches(), key, "\"linear\" or \"mlpNx_gelu\" with a number N");
        return Integer.parseInt(mlp.group(1));
    }

    private static PictureFit fit(ConfigValues config) {
        String key = "image_aspect_ratio";
        String ratio = config.text(key, "");
        config.require(
                !ratio.equals("anyres"),
                key,
                "\"pad\", \"square\" or nothing: high resolution is \"resolution_ratio\" here");
        return ratio.equals("pad") ? PictureFit.PAD : PictureFit.CROP;
    }
}
