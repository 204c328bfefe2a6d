package dev.watchword.model;

import dev.watchword.model.picture.ClipSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a directory in Hugging Face's layout holds of a LLaVA-Mini model. Everything that can be
 * checked without reading the weights has been.
 *
 * @param path the directory
 * @param config the network's shape
 * @param shards the safetensors files of the model, sorted
 * @param visionTower the directory of the vision tower, if it has one of its own
 * @param visionTowerShards the safetensors files of the vision tower, where its weights are not
 *     among the model's own under {@code model.vision_tower.vision_tower.}; else empty
 * @param tokenizerFile tokenizer.json, if there is one
 * @param chatTemplate the text of the chat template that the model's makers put beside it
 * @param pictures how pictures are made ready for the vision tower
 * @param modelId a name that differs from that of any other model: the directory's, and twelve
 *     hexadecimal digits over its settings, its tensors' names, types and shapes, and a sample of
 *     their bytes. It stays the same when the directory moves or is cut into other shards
 */
public record ModelDirectory(
        Path path,
        ModelConfig config,
        List<Path> shards,
        Optional<Path> visionTower,
        List<Path> visionTowerShards,
        Optional<Path> tokenizerFile,
        Optional<String> chatTemplate,
        ClipSettings pictures,
        String modelId) {
    private static final String CONFIG = "config.json";
    private static final String PREPROCESSOR = "preprocessor_config.json";

    public ModelDirectory {
        shards = List.copyOf(shards);
        visionTowerShards = List.copyOf(visionTowerShards);
    }

    /**
     * Opens a model directory, whose vision tower is inside it or beside it.
     *
     * @throws ModelFileException if something in it is missing, damaged or not supported
     */
    public static ModelDirectory open(Path directory) {
        return open(directory, Optional.empty());
    }

    /**
     * Opens a model directory.
     *
     * @param visionTower the directory of the vision tower, if a setting names it
     * @throws ModelFileException if something in it is missing, damaged or not supported
     */
    public static ModelDirectory open(Path directory, Optional<Path> visionTower) {
        Path path = directory.toAbsolutePath().normalize();
        if (!Files.isDirectory(path)) {
            throw new ModelFileException(path, "is no directory; expected a model's");
        }
        Path configFile = path.resolve(CONFIG);
        VisionTowerPlace place =
                VisionTowerPlace.find(path, ConfigValues.read(configFile), visionTower);
        Optional<Path> towerConfig = place.directory().map(tower -> tower.resolve(CONFIG));
        ModelConfig config =
                ModelConfigReader.read(
                        configFile, towerConfig, existing(path, "generation_config.json"));
        Weights weights = Weights.in(path);
        Weights towerWeights = towerWeights(weights, place);
        return new ModelDirectory(
                path,
                config,
                weights.shards(),
                place.directory(),
                towerWeights.shards(),
                existing(path, "tokenizer.json"),
                ChatTemplateReader.read(path),
                PreprocessorReader.read(
                        place.directory()
                                .flatMap(tower -> existing(tower, PREPROCESSOR))
                                .or(() -> existing(path, PREPROCESSOR)),
                        config),
                ModelId.of(
                        path,
                        Stream.concat(Stream.of(configFile), towerConfig.stream()).toList(),
                        List.of(weights, towerWeights)));
    }

    /**
     * Returns tokenizer.json, for those who deal in text.
     *
     * @throws ModelFileException if there is none
     */
    public Path requiredTokenizerFile() {
        return tokenizerFile.orElseThrow(
                () ->
                        new ModelFileException(
                                path,
                                "holds no tokenizer.json; Python's transformers makes one:"
                                        + " AutoTokenizer.from_pretrained(...).save_pretrained(...)"));
    }

    private static Weights towerWeights(Weights weights, VisionTowerPlace place) {
        if (weights.holdVisionTower()) {
            return Weights.NONE;
        }
        return Weights.in(place.required("no tensor " + Weights.VISION_TOWER + "*"));
    }

    private static Optional<Path> existing(Path directory, String name) {
        return Optional.of(directory.resolve(name)).filter(Files::isRegularFile);
    }
}
