package dev.watchword.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.Precision;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecoderTest {
    private static final int LENGTH = 37;
    private static NetworkWeights weights;
    private static Decoder decoder;
    private static int width;

    @BeforeAll
    static void load() {
        ModelDirectory directory = GoldenNetworks.directory(GoldenNetworks.LLAMA);
        weights =
                NetworkWeights.open(
                        directory, ComputeDevice.CPU, Precision.FLOAT32, WeightPacking.NEVER);
        decoder = new Decoder(directory.config().language(), weights);
        width = directory.config().language().width();
    }

    @AfterAll
    static void close() {
        decoder.close();
        weights.close();
    }

    /** The scores at every place [1, LENGTH, V], read in slices into a cache of some capacity. */
    private static Tensor scores(TensorScope scope, Tensor vectors, int slice, int capacity) {
        List<Tensor> slices = new ArrayList<>();
        try (KeyValueCache cache = decoder.newCache(scope, capacity)) {
            while (cache.length() < LENGTH) {
                int at = cache.length();
                Tensor part = vectors.part(1, at, Math.min(slice, LENGTH - at));
                slices.add(decoder.logits(scope, decoder.extend(scope, part, cache)));
            }
        }
        return scope.join(slices, 1);
    }

    @ParameterizedTest
    @CsvSource({"1, 37", "7, 37", "36, 37", "1, 1", "7, 1", "5, 12", "37, 3"})
    void givesTheSameScoresInSlicesAndInACacheThatGrows(int slice, int capacity) {
        try (TensorScope scope = TensorScope.open(ComputeDevice.CPU)) {
            Tensor vectors = GoldenNetworks.normal(scope, 9, 1, LENGTH, width);
            Tensor atOnce = scores(scope, vectors, LENGTH, LENGTH);
            Tensor inSlices = scores(scope, vectors, slice, capacity);

            assertThat(GoldenNetworks.largestDifference(inSlices, atOnce))
                    .isLessThanOrEqualTo(1e-4f);
        }
    }

    @Test
    void readsOnFromATruncatedCacheAsIfTheRestHadNotBeen() {
        try (TensorScope scope = TensorScope.open(ComputeDevice.CPU);
                KeyValueCache cache = decoder.newCache(scope, 4);
                KeyValueCache fresh = decoder.newCache(scope, 40)) {
            Tensor begin = GoldenNetworks.normal(scope, 1, 1, 10, width);
            Tensor wrong = GoldenNetworks.normal(scope, 2, 1, 20, width);
            Tensor end = GoldenNetworks.normal(scope, 3, 1, 6, width);
            decoder.extend(scope, begin, cache);
            decoder.extend(scope, wrong, cache);
            cache.truncate(10);
            decoder.extend(scope, begin, fresh);

            assertThat(
                            GoldenNetworks.largestDifference(
                                    decoder.extend(scope, end, cache),
                                    decoder.extend(scope, end, fresh)))
                    .isZero();
            assertThat(cache.length()).isEqualTo(16);
        }
    }
}
