package dev.watchword.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.Precision;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecoderAttentionTest {
    private static final int LENGTH = 13;
    private static final int FIRST = 4;

    @ParameterizedTest
    @ValueSource(strings = {GoldenNetworks.LLAMA, GoldenNetworks.VICUNA, "no-pre-fusion"})
    void isWhatTheWeightsOfTheFirstLayerSay(String name) {
        LanguageConfig config = GoldenNetworks.directory(name).config().language();
        try (TensorScope scope = TensorScope.open(ComputeDevice.CPU);
                LlavaMini network = GoldenNetworks.load(name)) {
            Tensor prompt = GoldenNetworks.normal(scope, 7, LENGTH, config.width());
            Tensor looked = network.attention(scope, prompt, FIRST);

            assertThat(looked.shape()).containsExactly(config.layers(), LENGTH - FIRST, LENGTH);
            assertThat(looked.part(0, 0, 1).toFloats())
                    .usingComparatorWithPrecision(1e-5f)
                    .containsExactly(byHand(name, config, prompt.toFloats()));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void addsUpToOneAndNeverLooksAhead(boolean lowered) {
        ModelDirectory directory = GoldenNetworks.directory(GoldenNetworks.LLAMA);
        Precision precision = lowered ? Precision.BFLOAT16 : Precision.FLOAT32;
        try (LlavaMini network = LlavaMini.load(directory, ComputeDevice.CPU, precision);
                TensorScope scope = network.newScope()) {
            int width = network.config().language().width();
            Tensor prompt = GoldenNetworks.normal(scope, 7, LENGTH, width).cast(precision);
            float[] looked = network.attention(scope, prompt, FIRST).toFloats();
            int rows = looked.length / LENGTH;
            assertThat(rows).isEqualTo(network.config().language().layers() * (LENGTH - FIRST));
            for (int row = 0; row < rows; row++) {
                int last = FIRST + row % (LENGTH - FIRST);
                float sum = 0;
                for (int i = 0; i < LENGTH; i++) {
                    float share = looked[row * LENGTH + i];
                    assertThat(share > 0).isEqualTo(i <= last);
                    sum += share;
                }
                assertThat(sum).isCloseTo(1, within(1e-5f));
            }
        }
    }

    /** Softmax of rotated queries over rotated keys, in loops. */
    private static float[] byHand(String name, LanguageConfig config, float[] prompt) {
        int d = config.headSize();
        float[] expected = new float[(LENGTH - FIRST) * LENGTH];
        try (NetworkWeights weights =
                NetworkWeights.open(
                        GoldenNetworks.directory(name),
                        ComputeDevice.CPU,
                        Precision.FLOAT32,
                        WeightPacking.NEVER)) {
            NetworkWeights layer = weights.within("model.layers.0.");
            int keyWidth = config.keyValueHeads() * d;
            int queryWidth = config.heads() * d;
            double[] norm = doubles(layer.take("input_layernorm.weight", config.width()));
            double[] toQueries =
                    doubles(layer.take("self_attn.q_proj.weight", queryWidth, config.width()));
            double[] toKeys =
                    doubles(layer.take("self_attn.k_proj.weight", keyWidth, config.width()));
            double[] frequencies = config.scaling().inverseFrequencies(config.rotaryTheta(), d);
            double[][] normed = normed(prompt, norm, config);
            for (int head = 0; head < config.heads(); head++) {
                int keyHead = head / (config.heads() / config.keyValueHeads());
                for (int row = FIRST; row < LENGTH; row++) {
                    double[] query = rotated(normed[row], toQueries, head, d, row, frequencies);
                    double[] scores = new double[row + 1];
                    double sum = 0;
                    for (int i = 0; i <= row; i++) {
                        double[] key = rotated(normed[i], toKeys, keyHead, d, i, frequencies);
                        double product = 0;
                        for (int j = 0; j < d; j++) {
                            product += query[j] * key[j];
                        }
                        scores[i] = Math.exp(product / Math.sqrt(d));
                        sum += scores[i];
                    }
                    for (int i = 0; i <= row; i++) {
                        expected[(row - FIRST) * LENGTH + i] +=
                                (float) (scores[i] / sum / config.heads());
                    }
                }
            }
        }
        return expected;
    }

    private static double[][] normed(float[] prompt, double[] norm, LanguageConfig config) {
        int width = config.width();
        double[][] normed = new double[LENGTH][width];
        for (int row = 0; row < LENGTH; row++) {
            double squares = 0;
            for (int i = 0; i < width; i++) {
                squares += Math.pow(prompt[row * width + i], 2);
            }
            double scale = 1 / Math.sqrt(squares / width + config.rmsNormEpsilon());
            for (int i = 0; i < width; i++) {
                normed[row][i] = prompt[row * width + i] * scale * norm[i];
            }
        }
        return normed;
    }

    private static double[] rotated(
            double[] x, double[] map, int head, int d, int position, double[] frequencies) {
        double[] mapped = new double[d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < x.length; j++) {
                mapped[i] += map[(head * d + i) * x.length + j] * x[j];
            }
        }
        double[] turned = new double[d];
        for (int i = 0; i < d / 2; i++) {
            double angle = position * frequencies[i];
            double cos = Math.cos(angle);
            double sin = Math.sin(angle);
            turned[i] = mapped[i] * cos - mapped[i + d / 2] * sin;
            turned[i + d / 2] = mapped[i + d / 2] * cos + mapped[i] * sin;
        }
        return turned;
    }

    private static double[] doubles(Tensor tensor) {
        float[] numbers = tensor.toFloats();
        double[] doubles = new double[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            doubles[i] = numbers[i];
        }
        return doubles;
    }
}
