package dev.watchword.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FastestPrecisionTest {
    @Test
    void choosesTheLessPreciseOnlyWhereItIsClearlyFaster() {
        assertThat(FastestPrecision.choose(1_000, 200)).isEqualTo(Precision.BFLOAT16);
        assertThat(FastestPrecision.choose(1_000, 900)).isEqualTo(Precision.FLOAT32);
        assertThat(FastestPrecision.choose(1_000, 1_000)).isEqualTo(Precision.FLOAT32);
        assertThat(FastestPrecision.choose(1_000, 20_000)).isEqualTo(Precision.FLOAT32);
    }

    @Test
    void measuresOnThisMachine() {
        assertThat(FastestPrecision.on(ComputeDevice.CPU)).isIn((Object[]) Precision.values());
    }
}
