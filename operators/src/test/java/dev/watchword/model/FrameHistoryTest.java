package dev.watchword.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchword.model.text.TextModel;
import dev.watchword.model.untrained.UntrainedModel;
import dev.watchword.model.untrained.UntrainedShapes;
import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.Precision;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FrameHistoryTest {
    private static final int FRAMES = 9;
    private static final int MAX_TOKENS = 10;
    private static final List<String> QUESTIONS =
            List.of("Is the gate open?", "", "What colour was the van?");

    @TempDir private static Path root;
    private static LlavaMini network;
    private static TextModel text;

    @BeforeAll
    static void load() throws IOException {
        ModelConfig config = UntrainedShapes.tiny().withNewestShare(0.4);
        ModelDirectory directory = UntrainedModel.of(config, 4).write(root.resolve("model"));
        network = LlavaMini.load(directory, ComputeDevice.CPU, Precision.FLOAT32);
        text = TextModel.open(directory, "auto");
    }

    @AfterAll
    static void close() {
        text.close();
        network.close();
    }

    static List<Arguments> modes() {
        ModelConfig tiny = UntrainedShapes.tiny();
        ModelConfig crops = with(tiny, 3, 1, 2);
        return List.of(
                Arguments.of("queries", tiny),
                Arguments.of("a share", tiny.withNewestShare(0.4)),
                Arguments.of("a code of positions", tiny.withPositionCode(0.7)),
                Arguments.of("no pre-fusion", with(tiny, 1, 0, 1)),
                Arguments.of("pooling", tiny.withPooling()),
                Arguments.of("crops", crops),
                Arguments.of("pooled crops", crops.withPooling()),
                Arguments.of("llava", tiny.asLlava()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void answersAsOneQuestionAboutAllFramesIsAnswered(String name, ModelConfig config)
            throws IOException {
        ModelDirectory model = UntrainedModel.of(config, 4).write(root.resolve(name));
        assertThat(model.config()).isEqualTo(config);
        try (LlavaMini network = LlavaMini.load(model, ComputeDevice.CPU, Precision.FLOAT32);
                TextModel text = TextModel.open(model, "auto");
                TensorScope scope = network.newScope()) {
            Tensor pixels = GoldenNetworks.frames(scope, network, FRAMES);
            Tensor features = network.features(scope, pixels);
            float[] weights = config.frameWeights(FRAMES);
            Tensor tokens = tokens(network, scope, features);
            assertThat(tokens.shape())
                    .containsExactly(FRAMES, config.visionTokens(), config.language().width());
            try (FrameHistory history = FrameHistory.of(network, text, features, weights, tokens)) {
                for (String question : QUESTIONS) {
                    String answer = history.answer(question, MAX_TOKENS);
                    assertThat(answer).isEqualTo(direct(network, text, pixels, question));
                }
            }
        }
    }

    private static ModelConfig with(
            ModelConfig config, int compressorGrid, int prefusionLayers, int resolutionRatio) {
        return new ModelConfig(
                config.modelType(),
                config.vision(),
                config.language(),
                compressorGrid,
                config.compressorHeads(),
                config.projectorLayers(),
                prefusionLayers,
                resolutionRatio,
                config.fit(),
                config.visionTowerName());
    }

    @Test
    void refusesWhatTheModelCannotHold() {
        try (TensorScope scope = network.newScope()) {
            try (FrameHistory history =
                    history(scope, GoldenNetworks.frames(scope, network, FRAMES))) {
                int most = network.config().language().maxPositions();
                assertThatThrownBy(() -> history.answer("What?", most))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("9 frames, the question and the answer take")
                        .hasMessageContaining("the model holds " + most);
            }
        }
    }

    @Test
    void refusesNoFrameAndWeightsOfOtherFrames() {
        try (TensorScope scope = network.newScope()) {
            Tensor features = network.features(scope, GoldenNetworks.frames(scope, network, 2));
            Tensor tokens = tokens(network, scope, features);
            assertThatThrownBy(
                            () -> FrameHistory.of(network, text, features, new float[] {1}, tokens))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("There are 2 keyframes and 1 weights.");
            assertThatThrownBy(
                            () ->
                                    FrameHistory.of(
                                            network,
                                            text,
                                            features,
                                            new float[] {0.5f, 0.5f},
                                            tokens.part(0, 0, 0)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no frame");
        }
    }

    private static FrameHistory history(TensorScope scope, Tensor pixels) {
        Tensor features = network.features(scope, pixels);
        float[] weights = network.config().frameWeights(FRAMES);
        return FrameHistory.of(network, text, features, weights, tokens(network, scope, features));
    }

    private static Tensor tokens(LlavaMini network, TensorScope scope, Tensor features) {
        try (EncodedFrames frames = network.encode(scope, features, 0)) {
            return frames.visionTokens();
        }
    }

    private static String direct(
            LlavaMini network, TextModel text, Tensor pixels, String question) {
        List<float[]> pictures = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            pictures.add(pixels.part(0, i, 1).toFloats());
        }
        StringBuilder answer = new StringBuilder();
        new DirectAnswer(network, text)
                .answer(pictures.iterator(), question, Sampling.GREEDY, MAX_TOKENS, answer::append);
        return answer.toString();
    }
}
