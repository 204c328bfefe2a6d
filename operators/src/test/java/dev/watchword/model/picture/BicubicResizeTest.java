package dev.watchword.model.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BicubicResizeTest {
    @Test
    void theSameSizeChangesNothing() {
        byte[] rgb = new byte[3 * 20 * 13];
        new Random(5).nextBytes(rgb);
        Picture picture = new Picture(20, 13, rgb);
        assertThat(BicubicResize.resize(picture, 20, 13)).isEqualTo(picture);
    }

    @Test
    void oneColourStaysThatColour() {
        for (int level : new int[] {0, 1, 127, 254, 255}) {
            Picture resized = BicubicResize.resize(solid(50, 31, level), 17, 90);
            assertThat(resized).isEqualTo(solid(17, 90, level));
        }
    }

    /** As Pillow has it. */
    @Test
    void enlargesAnEdgeWithTheKernelsOvershoot() {
        Picture edge = new Picture(4, 1, gray(50, 50, 150, 150));
        assertThat(BicubicResize.resize(edge, 8, 1).rgb())
                .isEqualTo(gray(50, 48, 43, 70, 130, 157, 152, 150));
    }

    @Test
    void clipsOvershootToWhatAByteHolds() {
        Picture edge = new Picture(4, 1, gray(0, 0, 255, 255));
        byte[] resized = BicubicResize.resize(edge, 8, 1).rgb();
        assertThat(resized[3 * 2]).isZero();
        assertThat(resized[3 * 5]).isEqualTo((byte) 255);
    }

    private static Picture solid(int width, int height, int level) {
        byte[] rgb = new byte[3 * width * height];
        Arrays.fill(rgb, (byte) level);
        return new Picture(width, height, rgb);
    }

    private static byte[] gray(int... levels) {
        byte[] rgb = new byte[3 * levels.length];
        for (int at = 0; at < rgb.length; at++) {
            rgb[at] = (byte) levels[at / 3];
        }
        return rgb;
    }
}
