package dev.watchword.job.yard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShadesTest {
    private static final int LOOKS = 2_000;

    @ParameterizedTest
    @EnumSource(
            value = Colour.class,
            names = {"RED", "YELLOW", "GREEN", "BLUE"})
    void aShadeIsOfTheColoursHuePaleOrDarkButNeverGrey(Colour colour) {
        double middle =
                switch (colour) {
                    case RED -> 0;
                    case YELLOW -> 51;
                    case GREEN -> 132;
                    default -> 226;
                };
        List<float[]> shades = hsb(Shades.ANY, colour);
        assertThat(shades)
                .allSatisfy(
                        shade -> {
                            double apart = Math.abs(shade[0] * 360 - middle);
                            assertThat(Math.min(apart, 360 - apart)).isLessThan(30);
                            assertThat(shade[1]).isGreaterThan(0.24f);
                        });
        assertThat(shades).anySatisfy(shade -> assertThat(shade[1]).isLessThan(0.3f));
        assertThat(shades).anySatisfy(shade -> assertThat(shade[1]).isGreaterThan(0.95f));
        assertThat(hsb(Shades.USUAL, colour))
                .allSatisfy(shade -> assertThat(shade[1]).isGreaterThan(0.6f));
    }

    @Test
    void whiteIsBrightAndBlackIsDarkWithHardlyAnyHue() {
        assertThat(hsb(Shades.ANY, Colour.WHITE))
                .allSatisfy(
                        shade -> {
                            assertThat(shade[1]).isLessThan(0.12f);
                            assertThat(shade[2]).isGreaterThan(0.84f);
                        });
        assertThat(hsb(Shades.ANY, Colour.BLACK))
                .allSatisfy(shade -> assertThat(shade[2]).isLessThan(0.2f));
    }

    @ParameterizedTest
    @EnumSource(Colour.class)
    void halfOfTheThingsHaveTheUsualShade(Colour colour) {
        long usual =
                looks().filter(
                                look ->
                                        Shades.ANY
                                                .of(colour, look)
                                                .equals(Shades.USUAL.of(colour, look)))
                        .count();
        if (colour == Colour.BROWN) {
            assertThat(usual).isEqualTo(LOOKS);
        } else {
            assertThat(usual / (double) LOOKS).isCloseTo(0.5, within(0.05));
        }
    }

    @Test
    void theSameLookHasTheSameShade() {
        assertThat(looks().mapToObj(look -> Shades.ANY.of(Colour.RED, look)).toList())
                .isEqualTo(looks().mapToObj(look -> Shades.ANY.of(Colour.RED, look)).toList());
    }

    private static LongStream looks() {
        return LongStream.range(0, LOOKS).map(look -> Seeds.mix(look, 9));
    }

    /** Hue, saturation and brightness of many things, each from 0 to 1. */
    private static List<float[]> hsb(Shades shades, Colour colour) {
        return looks().mapToObj(look -> shades.of(colour, look)).map(ShadesTest::hsb).toList();
    }

    private static float[] hsb(Color shade) {
        return Color.RGBtoHSB(shade.getRed(), shade.getGreen(), shade.getBlue(), null);
    }
}
