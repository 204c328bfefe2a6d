package dev.watchword.job.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FramePickerTest {

    private static final long MILLISECOND = 1_000_000;

    @Test
    void withoutARateEveryPictureIsChosen() {
        FramePicker picker = new FramePicker(OptionalDouble.empty());
        assertThat(LongStream.of(0, 1, 1, 2)).allMatch(picker::chooses);
    }

    @Test
    void aFasterSourceIsThinnedToTheRateOnAverage() {
        assertThat(chosenInTenSeconds(30, 25)).isEqualTo(250);
        assertThat(chosenInTenSeconds(25, 10)).isEqualTo(100);
        assertThat(chosenInTenSeconds(29.97, 1)).isEqualTo(10);
        assertThat(chosenInTenSeconds(60, 0.2)).isEqualTo(2);
    }

    @Test
    void aSlowerSourceKeepsAllItsPictures() {
        assertThat(chosenInTenSeconds(5, 25)).isEqualTo(50);
    }

    @Test
    void aPauseIsNotMadeUpFor() {
        FramePicker picker = new FramePicker(OptionalDouble.of(10));
        assertThat(picker.chooses(0)).isTrue();
        assertThat(picker.chooses(5_010 * MILLISECOND)).isTrue();
        assertThat(picker.chooses(5_050 * MILLISECOND)).isFalse();
        assertThat(picker.chooses(5_100 * MILLISECOND)).isTrue();
    }

    private static long chosenInTenSeconds(double source, double wanted) {
        FramePicker picker = new FramePicker(OptionalDouble.of(wanted));
        return LongStream.range(0, Math.round(source * 10))
                .map(frame -> (long) (frame / source * 1000) * MILLISECOND)
                .filter(picker::chooses)
                .count();
    }
}
