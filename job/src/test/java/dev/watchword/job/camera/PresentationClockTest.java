package dev.watchword.job.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PresentationClockTest {

    private static final long LENGTH = 40;

    private final PresentationClock clock = new PresentationClock();

    @Test
    void beginsWithZeroAndFollowsTheFile() {
        assertThat(next(1_400)).isZero();
        assertThat(next(1_440)).isEqualTo(40);
        assertThat(next(9_000)).isEqualTo(7_600);
    }

    @Test
    void aPictureWithoutATimeFollowsTheOneBeforeIt() {
        assertThat(clock.next(OptionalLong.empty(), LENGTH)).isZero();
        assertThat(clock.next(OptionalLong.empty(), LENGTH)).isEqualTo(40);
        assertThat(clock.next(OptionalLong.empty(), LENGTH)).isEqualTo(80);
    }

    @Test
    void risesWhenTheFilesTimesBeginAnew() {
        next(1_000);
        assertThat(next(1_040)).isEqualTo(40);
        assertThat(next(0)).isEqualTo(80);
        assertThat(next(40)).isEqualTo(120);
        assertThat(next(40)).isEqualTo(160);
    }

    private long next(long presented) {
        return clock.next(OptionalLong.of(presented), LENGTH);
    }
}
