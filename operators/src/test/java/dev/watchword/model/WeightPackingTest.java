package dev.watchword.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.Precision;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightPackingTest {
    private static final ComputeDevice CPU = ComputeDevice.CPU;
    private static final int LENGTH = 37;

    private static boolean packs(WeightPacking packing, long bytes) {
        return packing.packs(CPU, Precision.FLOAT32, bytes);
    }

    @Test
    void packsByItselfOnlyWhatLeavesRoomAndIsNotSlower() {
        assertThat(WeightPacking.packsByItself(1000, () -> true)).isTrue();
        assertThat(WeightPacking.packsByItself(1000, () -> false)).isFalse();
        assertThat(WeightPacking.packsByItself(Long.MAX_VALUE, () -> true)).isFalse();
        assertThat(packs(WeightPacking.AUTO, Long.MAX_VALUE)).isFalse();
        assertThat(packs(WeightPacking.NEVER, 1000)).isFalse();
    }

    @Test
    void packsWhereItMustThoughItMayBeSlower() {
        assertThat(packs(WeightPacking.ALWAYS, Long.MAX_VALUE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {GoldenNetworks.LLAMA, GoldenNetworks.VICUNA})
    void aPackedDecoderGivesTheSameScores(String name) {
        try (TensorScope scope = TensorScope.open(CPU)) {
            Tensor packed = scores(scope, name, WeightPacking.ALWAYS);
            Tensor rows = scores(scope, name, WeightPacking.NEVER);

            assertThat(GoldenNetworks.largestDifference(packed, rows)).isLessThanOrEqualTo(1e-4f);
        }
    }

    private static Tensor scores(TensorScope scope, String name, WeightPacking packing) {
        ModelDirectory directory = GoldenNetworks.directory(name);
        LanguageConfig config = directory.config().language();
        try (NetworkWeights weights =
                        NetworkWeights.open(directory, CPU, Precision.FLOAT32, packing);
                Decoder decoder = new Decoder(config, weights);
                KeyValueCache cache = decoder.newCache(scope, LENGTH)) {
            Tensor vectors = GoldenNetworks.normal(scope, 9, 1, LENGTH, config.width());
            return decoder.logits(scope, decoder.extend(scope, vectors, cache));
        }
    }
}
