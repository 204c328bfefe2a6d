package dev.watchword.job.yard;

import java.awt.Color;

/** The shades in which things are drawn, before light and weather. */
final class Palette {
    private static final int SPREAD = 14;

    private Palette() {}

    /** Returns a shade of a colour; shades of one colour are near each other. */
    static Color shade(Colour colour, long look) {
        Color base =
                switch (colour) {
                    case RED -> new Color(0xcc1c1e);
                    case YELLOW -> new Color(0xf5cc14);
                    case GREEN -> new Color(0x1c9438);
                    case BLUE -> new Color(0x2145cc);
                    case WHITE -> new Color(0xf4f4f2);
                    case BLACK -> new Color(0x17171a);
                    case BROWN -> new Color(0x8a5227);
                };
        int lighter = (int) Seeds.between(look, 20, -SPREAD, SPREAD + 1);
        return new Color(
                clamp(base.getRed() + lighter + vary(look, 21)),
                clamp(base.getGreen() + lighter + vary(look, 22)),
                clamp(base.getBlue() + lighter + vary(look, 23)));
    }

    /** Returns a colour lighter, or darker for a negative amount. */
    static Color lighter(Color colour, int amount) {
        return new Color(
                clamp(colour.getRed() + amount),
                clamp(colour.getGreen() + amount),
                clamp(colour.getBlue() + amount));
    }

    private static int vary(long look, int which) {
        return (int) Seeds.between(look, which, -6, 7);
    }

    private static int clamp(int value) {
        return Math.max(0, Math.min(255, value));
    }
}
