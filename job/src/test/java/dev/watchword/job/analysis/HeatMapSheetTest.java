package dev.watchword.job.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeatMapSheetTest {
    private static final PatchAttention ATTENTION =
            new PatchAttention(
                    "query 1", 3, new float[] {0.1f, 0, 0, 0.2f, 0.05f, 0.5f, 0, 0.15f, 0});

    @Test
    void isHotterWhereMoreWasLookedAt() {
        BufferedImage map = HeatMap.of(picture(), ATTENTION, 90);
        float[] shares = ATTENTION.shares();
        for (int one = 0; one < 9; one++) {
            for (int other = 0; other < 9; other++) {
                if (shares[one] > shares[other]) {
                    assertThat(brightness(map, one)).isGreaterThan(brightness(map, other));
                }
            }
            // A patch is of one colour up to its edges.
            int x = one % 3 * 30;
            int y = one / 3 * 30;
            assertThat(map.getRGB(x, y)).isEqualTo(map.getRGB(x + 29, y + 29));
        }
        assertThat(ATTENTION.peak()).isEqualTo(0.5f);
        assertThat(ATTENTION.at(1, 2)).isEqualTo(0.5f);
    }

    @Test
    void laysThePictureBesideAMapOfEachQuery() {
        PatchAttention none = new PatchAttention("query 2", 1, new float[] {1});
        BufferedImage one = HeatMapSheet.of(picture(), List.of(ATTENTION));
        BufferedImage two = HeatMapSheet.of(picture(), List.of(ATTENTION, none));
        BufferedImage many = HeatMapSheet.of(picture(), List.of(none, none, none, none, none));

        assertThat(two.getWidth()).isGreaterThan(one.getWidth());
        assertThat(many.getHeight()).isGreaterThan(two.getHeight());
        assertThat(one.getRGB(40, 40) & 0xffffff).isEqualTo(0x808080);
        assertThat(two.getRGB(40, 40)).isEqualTo(one.getRGB(40, 40));
    }

    @Test
    void refusesSharesThatAreNoSquare() {
        assertThatThrownBy(() -> new PatchAttention("query 1", 2, new float[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("3 shares are not those of 2 x 2 patches");
    }

    private static BufferedImage picture() {
        BufferedImage picture = new BufferedImage(30, 30, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 900; i++) {
            picture.setRGB(i % 30, i / 30, 0x808080);
        }
        return picture;
    }

    private static int brightness(BufferedImage map, int patch) {
        int rgb = map.getRGB(patch % 3 * 30 + 15, patch / 3 * 30 + 15);
        return (rgb >> 16 & 0xff) + (rgb >> 8 & 0xff) + (rgb & 0xff);
    }
}
