package dev.watchword.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.Precision;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LlamaBlocksTest {
    private static final float ROUNDING = 1e-4f;

    private static LanguageConfig config;
    private static NetworkWeights weights;
    private static LlamaBlocks blocks;

    @BeforeAll
    static void load() {
        ModelDirectory directory = GoldenNetworks.directory(GoldenNetworks.LLAMA);
        config = directory.config().language();
        weights =
                NetworkWeights.open(
                        directory, ComputeDevice.CPU, Precision.FLOAT32, WeightPacking.NEVER);
        blocks = new LlamaBlocks(config, config.layers(), weights.within("model.layers."));
    }

    @AfterAll
    static void close() {
        blocks.close();
        weights.close();
    }

    @ParameterizedTest(name = "{3} of {2} tokens behind {1}, {0} sequences")
    @CsvSource({
        "1, 0, 20, 1", "1, 0, 20, 7", "3, 0, 20, 1", "3, 0, 20, 7", "1, 9, 20, 1", "1, 9, 20, 7",
        "1, 9, 70, 1", "1, 9, 70, 7", "3, 9, 20, 7", "1, 9, 1, 1", "1, 9, 20, 0", "3, 0, 20, 0",
        "1, 9, 70, 0"
    })
    void theLastTokensAreThoseOfAllOfThem(int sequences, int before, int count, int wanted) {
        try (TensorScope scope = TensorScope.open(ComputeDevice.CPU);
                KeyValueCache whole = cache(scope, sequences);
                KeyValueCache spared = cache(scope, sequences)) {
            if (before > 0) {
                Tensor first = random(scope, 1, sequences, before);
                blocks.extend(scope, first, whole, before);
                blocks.extend(scope, first, spared, 0);
            }
            Tensor tokens = random(scope, 2, sequences, count);
            Tensor all = blocks.extend(scope, tokens, whole, count);
            Tensor last = blocks.extend(scope, tokens, spared, wanted);

            assertThat(last.size(1)).isEqualTo(wanted);
            if (wanted > 0) {
                assertThat(difference(last, all.part(1, count - wanted, wanted)))
                        .isLessThanOrEqualTo(ROUNDING);
            }
            Tensor next = random(scope, 3, sequences, 2);
            assertThat(
                            difference(
                                    blocks.extend(scope, next, spared, 2),
                                    blocks.extend(scope, next, whole, 2)))
                    .as("keys and values are left of all")
                    .isLessThanOrEqualTo(ROUNDING);
        }
    }

    @ParameterizedTest(name = "{1} of {0} tokens")
    @CsvSource({"5, 1", "5, 2", "5, 0", "1, 1"})
    void theLastTokensBehindSharedOnesAreThoseOfAllOfThem(int count, int wanted) {
        try (TensorScope scope = TensorScope.open(ComputeDevice.CPU);
                KeyValueCache shared = cache(scope, 1);
                KeyValueCache whole = cache(scope, 1);
                KeyValueCache spared = cache(scope, 1)) {
            blocks.extend(scope, random(scope, 1, 1, 12), shared, 0);
            Tensor tokens = random(scope, 2, 1, count);
            Tensor all =
                    blocks.extend(scope, tokens, DecoderSequence.behind(shared, 11, whole), count);
            Tensor last =
                    blocks.extend(
                            scope, tokens, DecoderSequence.behind(shared, 11, spared), wanted);

            assertThat(last.size(1)).isEqualTo(wanted);
            if (wanted > 0) {
                assertThat(difference(last, all.part(1, count - wanted, wanted)))
                        .isLessThanOrEqualTo(ROUNDING);
            }
            assertThat(spared.length()).isEqualTo(count);
        }
    }

    private static KeyValueCache cache(TensorScope scope, int sequences) {
        return blocks.newCache(scope, sequences, 4, random(scope, 0, 1, 1));
    }

    private static Tensor random(TensorScope scope, int seed, int sequences, int count) {
        return GoldenNetworks.normal(scope, seed, sequences, count, config.width());
    }

    private static float difference(Tensor one, Tensor other) {
        return GoldenNetworks.largestDifference(one, other);
    }
}
