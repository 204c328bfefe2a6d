package dev.watchword.model.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class HighResolutionTest {
    @Test
    void givesCropsRowByRowAndTheWholePictureLast() {
        Picture picture = numbered(5, 4);
        HighResolution split = new HighResolution(2);
        List<Picture> parts = split.parts(picture);

        assertThat(parts).hasSize(5).hasSize(split.partCount());
        assertThat(parts.subList(0, 4))
                .allMatch(part -> part.width() == 2 && part.height() == 2)
                .extracting(part -> (int) part.rgb()[0])
                .containsExactly(0, 2, 10, 12);
        assertThat(parts.get(3)).isEqualTo(picture.crop(2, 2, 2, 2));
        assertThat(parts.get(4)).isSameAs(picture);
    }

    @Test
    void leavesAPictureWholeAtRatioOne() {
        Picture picture = numbered(5, 4);
        assertThat(new HighResolution(1).parts(picture)).containsExactly(picture);
        assertThat(new HighResolution(1).partCount()).isEqualTo(1);
    }

    @Test
    void splitsEvenAPictureWithFewerPixelsThanCrops() {
        List<Picture> parts = new HighResolution(3).parts(numbered(2, 1));
        assertThat(parts).hasSize(10);
        assertThat(parts.subList(0, 3))
                .extracting(part -> (int) part.rgb()[0])
                .containsExactly(0, 1, 1);
    }

    @Test
    void refusesRatiosThatCannotBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> new HighResolution(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new HighResolution(17));
    }

    /** Each pixel is the number of its place. */
    private static Picture numbered(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        for (int at = 0; at < rgb.length; at++) {
            rgb[at] = (byte) (at / 3);
        }
        return new Picture(width, height, rgb);
    }
}
