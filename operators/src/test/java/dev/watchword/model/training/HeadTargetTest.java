package dev.watchword.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeadTargetTest {
    @Test
    void aTargetThatSparesIsOfItsClassStill() {
        int target = HeadTarget.sparing(HeadTarget.sparing(3, 0), 15);
        assertThat(HeadTarget.classOf(target)).isEqualTo(3);
        assertThat(target).isPositive().isNotEqualTo(HeadTarget.sparing(3, 0));
        assertThat(HeadTarget.sparing(HeadTarget.UNTOLD, 2)).isEqualTo(HeadTarget.UNTOLD);
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
