package dev.watchword.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelConfigReaderTest {
    private static final RotaryScaling LLAMA_3 = new RotaryScaling.Llama3(8, 1, 4, 8192);

    @TempDir private Path directory;

    @Test
    void readsLlavaWithoutCompressorAndPreFusion() {
        ModelConfig llava = read(ConfigFixture.llava());
        assertThat(llava).isEqualTo(read(ConfigFixture.released()).asLlava());
        assertThat(llava.modelType()).isEqualTo("llava_llama");
        assertThat(llava.visionTokens()).isEqualTo(576);
        assertThat(llava.prefusionLayers()).isZero();
        assertThat(read(ConfigFixture.with(ConfigFixture.llava(), "model_type", "")))
                .isEqualTo(llava);
    }

    @Test
    void readsPooling() {
        assertThat(readWith("compressor_type", "\"pool\""))
                .isEqualTo(read(ConfigFixture.released()).withPooling());
        assertThat(readWith("compressor_type", "\"query\""))
                .isEqualTo(read(ConfigFixture.released()));
    }

    @Test
    void readsTheReleasedModel() {
        assertThat(read(ConfigFixture.released()))
                .isEqualTo(
                        new ModelConfig(
                                "llava_mini_llama",
                                new VisionTowerConfig(
                                        1024,
                                        4096,
                                        24,
                                        16,
                                        336,
                                        14,
                                        1e-5,
                                        Activation.QUICK_GELU,
                                        23),
                                new LanguageConfig(
                                        4096,
                                        14336,
                                        32,
                                        32,
                                        8,
                                        128,
                                        128256,
                                        1e-5,
                                        500000,
                                        LLAMA_3,
                                        false,
                                        131072,
                                        List.of(128001, 128008, 128009),
                                        OptionalInt.of(128000)),
                                1,
                                8,
                                2,
                                4,
                                1,
                                PictureFit.PAD,
                                "openai/clip-vit-large-patch14-336"));
    }

    @Test
    void countsVisionTokensAndPatches() {
        ModelConfig config =
                read(ConfigFixture.with(ConfigFixture.released(), "compressor_size", "3"));
        assertThat(config.visionTokens()).isEqualTo(9);
        assertThat(config.vision().grid()).isEqualTo(24);
        assertThat(config.vision().patches()).isEqualTo(576);
    }

    @Test
    void fillsInWhatHuggingFaceAndThePublicCodeLeaveOut() {
        ObjectNode least =
                ConfigFixture.parse(
                        """
                        {"model_type": "llava_mini_llama", "mm_vision_select_layer": 0,
                         "vision_config": {}}
                        """);
        assertThat(read(least))
                .isEqualTo(
                        new ModelConfig(
                                "llava_mini_llama",
                                new VisionTowerConfig(
                                        768, 3072, 12, 12, 224, 32, 1e-5, Activation.QUICK_GELU, 0),
                                new LanguageConfig(
                                        4096,
                                        11008,
                                        32,
                                        32,
                                        32,
                                        128,
                                        32000,
                                        1e-6,
                                        10000,
                                        new RotaryScaling.None(),
                                        false,
                                        2048,
                                        List.of(2),
                                        OptionalInt.of(1)),
                                2,
                                8,
                                1,
                                4,
                                1,
                                PictureFit.CROP,
                                ""));
    }

    @ParameterizedTest
    @CsvSource({"-1, 24", "-2, 23", "-25, 0", "0, 0", "24, 24"})
    void resolvesTheSelectedLayer(String given, int resolved) {
        assertThat(readWith("mm_vision_select_layer", given).vision().selectLayer())
                .isEqualTo(resolved);
    }

    @ParameterizedTest
    @CsvSource({"linear, 1", "mlp1x_gelu, 1", "mlp2x_gelu, 2", "mlp12x_gelu, 12"})
    void countsTheProjectorsLayers(String type, int layers) {
        assertThat(readWith("mm_projector_type", "\"" + type + "\"").projectorLayers())
                .isEqualTo(layers);
    }

    @Test
    void readsRotaryScalingWhereverItStands() {
        assertThat(scaling("null")).isEqualTo(new RotaryScaling.None());
        assertThat(scaling("{\"type\": \"default\"}")).isEqualTo(new RotaryScaling.None());
        assertThat(scaling("{}")).isEqualTo(new RotaryScaling.None());
        assertThat(scaling("{\"type\": \"linear\", \"factor\": 2}"))
                .isEqualTo(new RotaryScaling.Linear(2));
        assertThat(scaling("{\"rope_type\": \"linear\", \"type\": \"other\", \"factor\": 4.0}"))
                .isEqualTo(new RotaryScaling.Linear(4));
        ObjectNode newer = ConfigFixture.released();
        newer.set("rope_parameters", newer.remove("rope_scaling"));
        newer.remove("rope_theta");
        ConfigFixture.with(newer, "rope_parameters.rope_theta", "250000.0");
        assertThat(read(newer).language().scaling()).isEqualTo(LLAMA_3);
        assertThat(read(newer).language().rotaryTheta()).isEqualTo(250000);
    }

    @Test
    void joinsTheStopIdsOfBothFiles() {
        Path generation =
                ConfigFixture.write(
                        directory.resolve("generation_config.json"),
                        ConfigFixture.parse("{\"eos_token_id\": [128009, 7]}"));
        Path config = write(ConfigFixture.with(ConfigFixture.released(), "eos_token_id", "128001"));
        assertThat(
                        ModelConfigReader.read(config, Optional.empty(), Optional.of(generation))
                                .language()
                                .stopIds())
                .containsExactly(128001, 128009, 7);
    }

    @Test
    void hasNoBeginOrStopIdsWhereTheyAreNull() {
        ObjectNode config = ConfigFixture.with(ConfigFixture.released(), "eos_token_id", "null");
        ConfigFixture.with(config, "bos_token_id", "null");
        assertThat(read(config).language().stopIds()).isEmpty();
        assertThat(read(config).language().beginId()).isEmpty();
    }

    @Test
    void takesAHeadSizeThatIsNotTheWidthsShare() {
        assertThat(readWith("head_dim", "64").language().headSize()).isEqualTo(64);
    }

    @Test
    void ignoresWhatPlainJsonDoesNotKnow() {
        ObjectNode config = ConfigFixture.released();
        Path file = write(config);
        write(file, config.toString().replaceFirst("\\{", "{\"some_limit\": Infinity, "));
        assertThat(ModelConfigReader.read(file, Optional.empty(), Optional.empty()))
                .isEqualTo(read(ConfigFixture.released()));
    }

    @Test
    void findsTheTowerInAClipModelsOrAVisionModelsConfig() {
        ObjectNode model = ConfigFixture.released();
        ObjectNode vision = (ObjectNode) model.remove("vision_config");
        vision.put("hidden_act", "gelu");
        ObjectNode clip = ConfigFixture.parse("{\"model_type\": \"clip\", \"text_config\": {}}");
        clip.set("vision_config", vision.deepCopy().put("model_type", "clip_vision_model"));
        ObjectNode alone = vision.deepCopy().put("model_type", "clip_vision_model");
        VisionTowerConfig expected =
                new VisionTowerConfig(1024, 4096, 24, 16, 336, 14, 1e-5, Activation.GELU, 23);
        assertThat(readWithTower(model, clip).vision()).isEqualTo(expected);
        assertThat(readWithTower(model, alone).vision()).isEqualTo(expected);
    }

    private ModelConfig readWithTower(ObjectNode model, ObjectNode tower) {
        Path file = ConfigFixture.write(directory.resolve("tower/config.json"), tower);
        return ModelConfigReader.read(write(model), Optional.of(file), Optional.empty());
    }

    private RotaryScaling scaling(String json) {
        return readWith("rope_scaling", json).language().scaling();
    }

    private ModelConfig readWith(String key, String json) {
        return read(ConfigFixture.with(ConfigFixture.released(), key, json));
    }

    private ModelConfig read(ObjectNode config) {
        return ModelConfigReader.read(write(config), Optional.empty(), Optional.empty());
    }

    private Path write(ObjectNode config) {
        return ConfigFixture.write(directory.resolve("config.json"), config);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
