package dev.watchword.job.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.watchword.model.DirectAnswer;
import dev.watchword.model.EncodedFrames;
import dev.watchword.model.LlavaMini;
import dev.watchword.model.ModelConfig;
import dev.watchword.model.ModelDirectory;
import dev.watchword.model.Sampling;
import dev.watchword.model.text.TextModel;
import dev.watchword.model.untrained.UntrainedModel;
import dev.watchword.model.untrained.UntrainedShapes;
import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.Precision;
import dev.watchword.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AnswerStudyTest {
    private static final String QUESTION = "Is the gate open?";

    @TempDir private Path root;

    static List<ModelConfig> modes() {
        ModelConfig tiny = UntrainedShapes.tiny();
        return List.of(tiny, tiny.withPooling(), tiny.asLlava());
    }

    @ParameterizedTest
    @MethodSource("modes")
    void sharesAllAttentionAmongTheTokensOfTheAnswerThatTheModelGives(ModelConfig config)
            throws IOException {
        ModelDirectory directory = UntrainedModel.of(config, 5).write(root.resolve("model"));
        try (LlavaMini network = LlavaMini.load(directory, ComputeDevice.CPU, Precision.FLOAT32);
                TextModel text = TextModel.open(directory, "auto")) {
            float[] pixels = pixels(config);
            Findings findings = new AnswerStudy(network, text).of(pixels, QUESTION);

            StringBuilder direct = new StringBuilder();
            int generated =
                    new DirectAnswer(network, text)
                            .answer(
                                    List.of(pixels).iterator(),
                                    QUESTION,
                                    Sampling.GREEDY,
                                    64,
                                    direct::append)
                            .tokens();
            assertThat(findings.answer()).isEqualTo(direct.toString());
            assertThat(findings.textBefore()).isEqualTo(text.prompt(QUESTION).before().length);
            assertThat(findings.visionTokens()).isEqualTo(config.visionTokens());
            assertThat(findings.textBehind())
                    .isEqualTo(text.prompt(QUESTION).after().length + generated);
            assertThat(findings.layers()).hasSize(config.language().layers());
            for (LayerShares shares : findings.layers()) {
                assertThat(shares.before() + shares.vision() + shares.behind())
                        .isCloseTo(1, within(1e-5));
                assertThat(shares.vision()).isPositive();
            }
            for (PatchAttention map : findings.patches()) {
                float sum = 0;
                for (float share : map.shares()) {
                    sum += share;
                }
                assertThat(sum).isCloseTo(1, within(1e-5f));
                assertThat(map.grid()).isEqualTo(config.vision().grid());
            }
        }
    }

    @Test
    void givesWhatTheCompressorLookedAt() throws IOException {
        ModelConfig config = UntrainedShapes.tiny();
        ModelDirectory directory = UntrainedModel.of(config, 5).write(root.resolve("model"));
        try (LlavaMini network = LlavaMini.load(directory, ComputeDevice.CPU, Precision.FLOAT32);
                TextModel text = TextModel.open(directory, "auto");
                TensorScope scope = network.newScope()) {
            float[] pixels = pixels(config);
            List<PatchAttention> maps =
                    new AnswerStudy(network, text).of(pixels, QUESTION).patches();

            assertThat(maps).hasSize(1);
            try (EncodedFrames frame =
                    network.encode(
                            scope,
                            network.features(scope, network.pixels(scope, List.of(pixels))),
                            0)) {
                assertThat(maps.get(0).shares())
                        .usingComparatorWithPrecision(1e-6f)
                        .containsExactly(frame.attention().toFloats());
            }
        }
    }

    @Test
    void refusesAQuestionThatTheModelCannotHold() throws IOException {
        ModelConfig config = UntrainedShapes.tiny();
        ModelDirectory directory = UntrainedModel.of(config, 5).write(root.resolve("model"));
        try (LlavaMini network = LlavaMini.load(directory, ComputeDevice.CPU, Precision.FLOAT32);
                TextModel text = TextModel.open(directory, "auto")) {
            AnswerStudy study = new AnswerStudy(network, text);
            assertThatThrownBy(() -> study.of(pixels(config), "?".repeat(20_000)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the model holds 16384");
        }
    }

    private static float[] pixels(ModelConfig config) {
        int side = config.vision().imageSize();
        Random random = new Random(3);
        float[] pixels = new float[3 * side * side];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) random.nextGaussian();
        }
        return pixels;
    }
}
