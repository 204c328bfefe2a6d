package dev.watchword.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.Precision;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import org.junit.jupiter.api.Test;

class CompressorTest {
    private static final int FRAMES = 2;
    private static final int SIDE = 4;
    private static final int WIDTH = 5;

    /** Of 4 patches along a side, 3 cells take those from 0 to 2, from 1 to 3 and from 2 to 4. */
    @Test
    void poolsTheMeansOfThePatchesUnderEachCell() {
        try (TensorScope scope = TensorScope.open(ComputeDevice.CPU)) {
            Tensor patches = GoldenNetworks.normal(scope, 3, FRAMES, SIDE * SIDE, WIDTH);
            Compressor.Compressed pooled = compress(scope, patches, config(3).withPooling());

            float[] all = patches.toFloats();
            float[] expected = new float[FRAMES * 9 * WIDTH];
            float[] looked = new float[FRAMES * 9 * SIDE * SIDE];
            for (int frame = 0; frame < FRAMES; frame++) {
                for (int cell = 0; cell < 9; cell++) {
                    for (int corner = 0; corner < 4; corner++) {
                        int row = cell / 3 + corner / 2;
                        int patch = row * SIDE + cell % 3 + corner % 2;
                        looked[(frame * 9 + cell) * SIDE * SIDE + patch] += 0.25f;
                        for (int i = 0; i < WIDTH; i++) {
                            expected[(frame * 9 + cell) * WIDTH + i] +=
                                    all[(frame * SIDE * SIDE + patch) * WIDTH + i] / 4;
                        }
                    }
                }
            }
            assertSame(pooled.features(), scope.floats(expected, FRAMES, 9, WIDTH));
            assertSame(pooled.attention(), scope.floats(looked, FRAMES, 9, SIDE * SIDE));
        }
    }

    @Test
    void leavesThePatchesOfLlavaAsTheyAre() {
        try (TensorScope scope = TensorScope.open(ComputeDevice.CPU)) {
            Tensor patches = GoldenNetworks.normal(scope, 3, FRAMES, SIDE * SIDE, WIDTH);
            Compressor.Compressed same = compress(scope, patches, config(1).asLlava());

            assertThat(GoldenNetworks.largestDifference(same.features(), patches)).isZero();
            float[] looked = new float[FRAMES * SIDE * SIDE * SIDE * SIDE];
            for (int i = 0; i < FRAMES * SIDE * SIDE; i++) {
                looked[i * SIDE * SIDE + i % (SIDE * SIDE)] = 1;
            }
            assertSame(same.attention(), scope.floats(looked, FRAMES, SIDE * SIDE, SIDE * SIDE));
        }
    }

    private static void assertSame(Tensor computed, Tensor expected) {
        assertThat(GoldenNetworks.largestDifference(computed, expected)).isLessThanOrEqualTo(1e-6f);
    }

    private static ModelConfig config(int grid) {
        ModelConfig config = GoldenNetworks.directory(GoldenNetworks.LLAMA).config();
        return new ModelConfig(
                config.modelType(),
                config.vision(),
                config.language(),
                grid,
                config.compressorHeads(),
                config.projectorLayers(),
                config.prefusionLayers(),
                config.resolutionRatio(),
                config.fit(),
                config.visionTowerName());
    }

    private static Compressor.Compressed compress(
            TensorScope scope, Tensor patches, ModelConfig config) {
        ModelDirectory directory = GoldenNetworks.directory(GoldenNetworks.LLAMA);
        try (NetworkWeights weights =
                        NetworkWeights.open(
                                directory,
                                ComputeDevice.CPU,
                                Precision.FLOAT32,
                                WeightPacking.NEVER);
                Compressor compressor = new Compressor(config, weights)) {
            return compressor.compress(scope, patches);
        }
    }
}
