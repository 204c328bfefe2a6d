package dev.watchword.model.untrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RandomNumbersTest {
    @Test
    void areSpreadAsANormalDistribution() {
        RandomNumbers numbers = new RandomNumbers(1, "tensor");
        int count = 200_000;
        double sum = 0;
        double squares = 0;
        int withinOneDeviation = 0;
        for (int i = 0; i < count; i++) {
            double number = numbers.nextNormal();
            sum += number;
            squares += number * number;
            withinOneDeviation += Math.abs(number) < 1 ? 1 : 0;
        }
        assertThat(sum / count).isCloseTo(0, within(0.01));
        assertThat(squares / count).isCloseTo(1, within(0.01));
        assertThat(withinOneDeviation / (double) count).isCloseTo(0.68, within(0.02));
    }

    @Test
    void dependOnSeedAndNameOnly() {
        assertThat(first(1, "a")).isEqualTo(first(1, "a"));
        assertThat(first(1, "a")).isNotEqualTo(first(2, "a"));
        assertThat(first(1, "a")).isNotEqualTo(first(1, "b"));
        assertThat(first(1, "ab")).isNotEqualTo(first(1, "ba"));
    }

    private static float first(long seed, String name) {
        return new RandomNumbers(seed, name).nextNormal();
    }
}
