package dev.watchword.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PrecisionTest {
    @ParameterizedTest
    @EnumSource
    void readsTheNumbersThatATensorWrites(Precision precision) {
        float[] numbers = {1.5f, -0.375f, 0, 96, -1e-30f};
        try (TensorScope scope = TensorScope.open(ComputeDevice.CPU)) {
            byte[] bytes = scope.floats(numbers, numbers.length).cast(precision).toBytes();
            float[] read =
                    scope.floats(numbers, numbers.length).cast(precision).toFloat32().toFloats();

            assertThat(bytes).hasSize(numbers.length * precision.bytes());
            assertThat(precision.numbers(bytes)).containsExactly(read);
            assertThat(read).startsWith(1.5f, -0.375f, 0, 96);
        }
    }
}
