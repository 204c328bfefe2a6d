package dev.watchword.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LookalikeTest {
    private static final Map<Long, float[]> TOKENS =
            Map.of(
                    1L, new float[] {0, 0},
                    2L, new float[] {3, 3},
                    3L, new float[] {5, 0},
                    4L, new float[] {0, 5},
                    5L, new float[] {4, 1});

    private static long of(long frame, Long... keyframes) {
        return Lookalike.of(frame, List.of(keyframes), TOKENS::get);
    }

    @Test
    void isTheFrameItselfWhereItIsAKeyframe() {
        assertThat(of(2, 1L, 2L, 5L)).isEqualTo(2);
    }

    @Test
    void isTheKeyframeWhoseTokensAreNearest() {
        assertThat(of(5, 1L, 2L, 3L, 4L)).isEqualTo(3);
        assertThat(of(1, 2L, 3L, 4L)).isEqualTo(2);
    }

    @Test
    void isTheNewestOfThoseThatAreEquallyNear() {
        assertThat(of(2, 3L, 4L)).isEqualTo(4);
    }

    @Test
    void isTheOnlyKeyframeWhateverItsTokens() {
        assertThat(Lookalike.of(9, List.of(4L), sequence -> new float[] {Float.NaN})).isEqualTo(4);
    }
}
