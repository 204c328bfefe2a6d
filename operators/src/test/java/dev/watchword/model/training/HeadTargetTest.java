package dev.watchword.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeadTargetTest {
    @Test
    void aTargetThatSparesOrDoubtsIsOfItsClassStill() {
        int spares = HeadTarget.sparing(HeadTarget.sparing(3, 0), 7);
        int doubts = HeadTarget.doubting(3, 7);
        assertThat(List.of(spares, doubts))
                .allSatisfy(target -> assertThat(HeadTarget.classOf(target)).isEqualTo(3))
                .allSatisfy(target -> assertThat(target).isPositive())
                .doesNotHaveDuplicates();
        assertThat(HeadTarget.sparing(HeadTarget.UNTOLD, 2)).isEqualTo(HeadTarget.UNTOLD);
        assertThat(HeadTarget.doubting(HeadTarget.UNTOLD, 2)).isEqualTo(HeadTarget.UNTOLD);
    }

    @Test
    void anyOfSeveralIsTheSameInWhateverOrderOthersAreNamed() {
        assertThat(HeadTarget.anyOf(5, 6, 7)).isEqualTo(HeadTarget.anyOf(5, 7, 6)).isPositive();
        assertThat(HeadTarget.anyOf(5, 6)).isNotEqualTo(HeadTarget.sparing(5, 6));
    }

    @Test
    void aShadeIsItsRedGreenAndBlue() {
        assertThat(HeadTarget.shade(1, 2, 3)).isEqualTo(0x010203);
        assertThat(HeadTarget.shade(255, 255, 255)).isEqualTo(0xffffff);
    }
}
