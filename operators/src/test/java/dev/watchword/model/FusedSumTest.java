package dev.watchword.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.watchword.model.untrained.UntrainedModel;
import dev.watchword.model.untrained.UntrainedShapes;
import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.Precision;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FusedSumTest {
    @TempDir private Path root;

    @ParameterizedTest
    @CsvSource({"0, 0.1428571", "0.1, 0.1428571", "0.4, 0.4", "1, 1"})
    void givesTheMeanInWhichTheNewestFrameHasItsShare(double least, double newest)
            throws IOException {
        ModelConfig config = UntrainedShapes.tiny().withNewestShare(least);
        ModelDirectory directory = UntrainedModel.of(config, 1).write(root.resolve("model"));
        try (LlavaMini network = LlavaMini.load(directory, ComputeDevice.CPU, Precision.FLOAT32);
                TensorScope scope = network.newScope()) {
            Tensor fused = GoldenNetworks.normal(scope, 2, 7, 5, 3);
            FusedSum sum = new FusedSum(network, scope);
            sum.add(fused.part(0, 0, 3));
            sum.add(fused.part(0, 3, 3));
            sum.add(fused.part(0, 6, 1));

            float[] terms = sum.terms().toFloats();
            float[] weights = sum.weights();
            float[] frames = fused.toFloats();
            for (int i = 0; i < 15; i++) {
                double mean = 0;
                for (int term = 0; term < weights.length; term++) {
                    mean += weights[term] * terms[term * 15 + i];
                }
                double expected = newest * frames[6 * 15 + i];
                for (int frame = 0; frame < 6; frame++) {
                    expected += (1 - newest) / 6 * frames[frame * 15 + i];
                }
                assertThat(mean).isCloseTo(expected, within(1e-5));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 0.4, 1", "2, 0.4, 0.5", "4, 0.4, 0.4", "4, 0, 0.25"})
    void weighsFramesTogetherAsOne(int frames, double least, float newest) {
        float[] weights = UntrainedShapes.tiny().withNewestShare(least).frameWeights(frames);
        assertThat(weights).hasSize(frames);
        assertThat(weights[frames - 1]).isEqualTo(newest);
        float sum = 0;
        for (float weight : weights) {
            sum += weight;
        }
        assertThat(sum).isCloseTo(1, within(1e-6f));
    }
}
