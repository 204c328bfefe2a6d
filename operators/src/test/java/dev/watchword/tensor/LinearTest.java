package dev.watchword.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinearTest {
    private static final ComputeDevice CPU = ComputeDevice.CPU;

    private static Tensor normal(TensorScope scope, long seed, int rows, int columns) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] numbers = new float[rows * columns];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return scope.floats(numbers, rows, columns);
    }

    @ParameterizedTest
    @CsvSource({
        "FLOAT32, 1, 192, 768, 1e-3",
        "FLOAT32, 64, 30, 50, 1e-3",
        "FLOAT32, 513, 64, 7, 1e-3",
        "BFLOAT16, 1, 192, 768, 0.3",
        "BFLOAT16, 17, 64, 7, 0.3"
    })
    void packedWeightsGiveTheSameProducts(
            Precision precision, int vectors, int in, int out, float tolerance) {
        try (TensorScope scope = TensorScope.open(CPU)) {
            Tensor x = normal(scope, 1, vectors, in).cast(precision);
            Tensor rows = normal(scope, 2, out, in).cast(precision);
            Tensor packed = Linear.packs(CPU, precision) ? Linear.pack(scope, rows) : rows;

            float[] plain = Linear.multiply(scope, x, rows).toFloat32().toFloats();
            Tensor product = Linear.multiply(scope, x, packed);

            assertThat(product.shape()).containsExactly(vectors, out);
            assertThat(product.toFloat32().toFloats())
                    .usingComparatorWithPrecision(tolerance)
                    .containsExactly(plain);
            assertThat(plain[0]).isCloseTo(product(x, rows, in), within(tolerance));
        }
    }

    /** The first vector times the first row, in plain arithmetic. */
    private static float product(Tensor x, Tensor rows, int in) {
        float[] vectors = x.toFloat32().toFloats();
        float[] weights = rows.toFloat32().toFloats();
        double sum = 0;
        for (int i = 0; i < in; i++) {
            sum += (double) vectors[i] * weights[i];
        }
        return (float) sum;
    }
}
