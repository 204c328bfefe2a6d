package dev.watchword.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.engine.AnswerOutcome.CitedFrame;
import org.junit.jupiter.api.Test;

class CitedFrameTest {
    private static final float[] SHARES = {0.125f, 0.25f, 0, 0.25f, 0.375f};

    @Test
    void theHeaviestComeFirstAndOfEqualOnesTheOlder() {
        assertThat(CitedFrame.heaviest(SHARES, 3))
                .containsExactly(
                        new CitedFrame(4, 0.375), new CitedFrame(1, 0.25), new CitedFrame(3, 0.25));
        assertThat(CitedFrame.heaviest(SHARES, 2))
                .containsExactly(new CitedFrame(4, 0.375), new CitedFrame(1, 0.25));
    }

    @Test
    void aFrameWithoutAnyShareIsNotCited() {
        assertThat(CitedFrame.heaviest(SHARES, 9)).extracting(CitedFrame::frame).doesNotContain(2);
        assertThat(CitedFrame.heaviest(SHARES, 9)).hasSize(4);
        assertThat(CitedFrame.heaviest(SHARES, 0)).isEmpty();
    }
}
