package dev.watchword.job.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LayerSharesTest {
    /** One token before, two of a picture, two behind. */
    private static final float[] ATTENTION = {
        0.5f, 0.125f, 0.125f, 0.25f, 0, //
        0.25f, 0.25f, 0.25f, 0.125f, 0.125f
    };

    @Test
    void addsUpWhatEachKindOfTokenGets() {
        assertThat(LayerShares.of(ATTENTION, 2, 1, 2))
                .isEqualTo(
                        new LayerShares(
                                0.375, 0.375, 0.25, 0.375, 0.1875, (0.25 / 1 + 0.25 / 2) / 2));
    }

    @Test
    void givesNothingToATokenThatIsNotThere() {
        LayerShares shares = LayerShares.of(new float[] {0.75f, 0.25f}, 1, 0, 1);
        assertThat(shares).isEqualTo(new LayerShares(0, 0.75, 0.25, 0, 0.75, 0.25));
    }

    @Test
    void takesTheMeanOfAnswersLayerByLayer() {
        LayerShares one = new LayerShares(1, 0, 0, 1, 0, 0);
        LayerShares other = new LayerShares(0, 0.5, 0.5, 0, 0.25, 0.5);
        assertThat(LayerShares.mean(List.of(List.of(one, other), List.of(other, other))))
                .containsExactly(new LayerShares(0.5, 0.25, 0.25, 0.5, 0.125, 0.25), other);
    }
}
