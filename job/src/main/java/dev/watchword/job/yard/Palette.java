package dev.watchword.job.yard;

import java.awt.Color;

/** The shades in which things are drawn, before light and weather. */
final class Palette {
    private static final int SPREAD = 14;

    private Palette() {}

    /** Returns a shade of a colour; shades of one colour are near each other. */
    static Color usual(Colour colour, long look) {
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

    /**
     * Returns any shade that people would call by a colour's name: pale or dark, and of a hue about the
     * colour's. What is nearly grey is nobody's, and so is what is both pale and dark. Brown, which is
     * a dark orange and has no hue of its own, has only its usual shade.
     */
    static Color any(Colour colour, long look) {
        double hue = Seeds.between(look, 41, -1, 1);
        double strong = Seeds.between(look, 42, 0.25, 1);
        double bright = Seeds.between(look, 43, 0.4, 1);
        double clear = bright < 0.6 ? Math.max(strong, 0.45) : strong;
        return switch (colour) {
            case RED -> hsb(12 * hue, clear, bright);
            case YELLOW -> hsb(51 + 8 * hue, clear, Math.max(bright, 0.6));
            case GREEN -> hsb(132 + 28 * hue, clear, bright);
            case BLUE -> hsb(226 + 20 * hue, clear, bright);
            case WHITE -> hsb(180 + 180 * hue, 0.08 * clear, 0.85 + 0.15 * bright);
            case BLACK -> hsb(180 + 180 * hue, 0.4 * clear, 0.04 + 0.14 * bright);
            case BROWN -> usual(colour, look);
        };
    }

    /** Returns the colour of a hue in degrees, a saturation and a brightness. */
    private static Color hsb(double degrees, double saturation, double brightness) {
        return Color.getHSBColor((float) (degrees / 360), (float) saturation, (float) brightness);
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
