package dev.watchword.job.yard;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;

/** Draws the things in a yard, each into a box of its own, looking to the right. */
final class ThingArtist {
    private static final Color SHADOW = new Color(0, 0, 0, 80);
    private static final Color GLASS = new Color(0xa3bccb);
    private static final Color TYRE = new Color(0x242428);
    private static final Color HUB = new Color(0xa8a8ac);
    private static final Color METAL = new Color(0x55585c);
    private static final Color EDGE = new Color(0, 0, 0, 70);
    private static final Color HEADLIGHT = new Color(0xfff3c8);
    private static final Color[] SKINS = {
        new Color(0xf0c8a4), new Color(0xdba67c), new Color(0xa87450), new Color(0xe6b48e)
    };
    private static final Color[] TROUSERS = {
        new Color(0x43465a), new Color(0x5d564f), new Color(0x3e4a50), new Color(0x6b6670)
    };
    private static final Color[] HAIR = {
        new Color(0x3a2c22), new Color(0x6e5138), new Color(0x25222a), new Color(0x8d8478)
    };

    private final Graphics2D graphics;
    private final Shades shades;
    private final Brush brush;

    ThingArtist(Graphics2D graphics, Shades shades) {
        this.graphics = graphics;
        this.shades = shades;
        this.brush = new Brush(graphics);
    }

    void draw(Placement placement, int second) {
        double width = placement.width();
        double height = placement.height();
        brush.oval(
                SHADOW,
                placement.left() - width * 0.02,
                placement.foot() - height * 0.05 - 0.6,
                width * 1.08,
                height * 0.05 + 2);
        AffineTransform before = graphics.getTransform();
        graphics.translate(placement.centre(), placement.top());
        graphics.scale(placement.facesLeft() ? -width : width, height);
        graphics.translate(-0.5, 0);
        Visit visit = placement.sighting().visit();
        Color colour = shades.of(visit.colour(), placement.look());
        switch (visit.kind()) {
            case CAR -> car(colour, placement.look());
            case VAN -> van(colour, placement.look());
            case BICYCLE -> bicycle(colour);
            case PERSON -> person(colour, placement, second);
            case DOG -> dog(colour, placement.moves() && second % 2 == 0);
            case PARCEL -> parcel(colour);
        }
        graphics.setTransform(before);
    }

    private void car(Color colour, long look) {
        double back = Seeds.between(look, 30, 0.1, 0.2);
        double front = Seeds.between(look, 31, 0.68, 0.76);
        double roof = Seeds.between(look, 32, 0.0, 0.06);
        brush.polygon(colour, back, 0.5, back + 0.1, roof, front - 0.13, roof, front + 0.05, 0.5);
        brush.polygon(
                GLASS, back + 0.07, 0.44, back + 0.13, roof + 0.1, 0.4, roof + 0.1, 0.4, 0.44);
        brush.polygon(
                GLASS, 0.46, 0.44, 0.46, roof + 0.1, front - 0.15, roof + 0.1, front - 0.03, 0.44);
        brush.round(colour, 0, 0.4, 1, 0.46, 0.14);
        brush.box(Palette.lighter(colour, 28), 0.03, 0.45, 0.94, 0.05);
        brush.box(Palette.lighter(colour, -34), 0.02, 0.74, 0.96, 0.08);
        brush.line(EDGE, 0.012, 0.43, 0.46, 0.43, 0.78);
        brush.oval(HEADLIGHT, 0.94, 0.5, 0.05, 0.14);
        wheel(0.21, 0.79, 0.095, 0.2);
        wheel(0.79, 0.79, 0.095, 0.2);
    }

    private void van(Color colour, long look) {
        double nose = Seeds.between(look, 30, 0.8, 0.86);
        brush.polygon(
                colour,
                0.01,
                0.03,
                nose - 0.02,
                0.03,
                nose + 0.04,
                0.12,
                0.95,
                0.46,
                0.99,
                0.52,
                0.99,
                0.87,
                0.01,
                0.87);
        brush.polygon(GLASS, nose - 0.11, 0.14, nose, 0.14, 0.925, 0.45, nose - 0.11, 0.45);
        brush.box(Palette.lighter(colour, 28), 0.02, 0.05, nose - 0.05, 0.04);
        brush.box(Palette.lighter(colour, -34), 0.01, 0.77, 0.98, 0.06);
        brush.line(EDGE, 0.012, nose - 0.14, 0.1, nose - 0.14, 0.8);
        brush.line(EDGE, 0.012, 0.38, 0.1, 0.38, 0.8);
        brush.oval(HEADLIGHT, 0.94, 0.56, 0.045, 0.09);
        wheel(0.2, 0.855, 0.085, 0.13);
        wheel(0.79, 0.855, 0.085, 0.13);
    }

    private void wheel(double centre, double middle, double across, double down) {
        brush.oval(TYRE, centre - across, middle - down, across * 2, down * 2);
        brush.oval(HUB, centre - across / 2, middle - down / 2, across, down);
    }

    private void bicycle(Color colour) {
        brush.ring(TYRE, 0.045, 0.03, 0.42, 0.39, 0.55);
        brush.ring(TYRE, 0.045, 0.58, 0.42, 0.39, 0.55);
        double thick = 0.13;
        brush.polygon(colour, 0.22, 0.69, 0.35, 0.28, 0.66, 0.28, 0.47, 0.7);
        brush.line(colour, thick, 0.22, 0.69, 0.35, 0.28);
        brush.line(colour, thick, 0.33, 0.32, 0.66, 0.28);
        brush.line(colour, thick, 0.47, 0.7, 0.66, 0.3);
        brush.line(colour, thick, 0.35, 0.32, 0.47, 0.7);
        brush.line(colour, thick, 0.22, 0.69, 0.47, 0.7);
        brush.line(colour, thick * 0.8, 0.65, 0.22, 0.775, 0.69);
        brush.line(TYRE, 0.07, 0.28, 0.2, 0.4, 0.2);
        brush.line(METAL, 0.05, 0.64, 0.22, 0.64, 0.08);
        brush.line(TYRE, 0.06, 0.62, 0.07, 0.75, 0.1);
    }

    private void person(Color coat, Placement placement, int second) {
        long look = placement.look();
        Color trousers = TROUSERS[(int) Seeds.between(look, 30, 0, TROUSERS.length)];
        double step = placement.moves() ? (second % 2 == 0 ? 0.16 : 0.04) : 0.05;
        brush.line(trousers, 0.2, 0.42, 0.7, 0.4 - step, 0.93);
        brush.line(trousers, 0.2, 0.58, 0.7, 0.6 + step, 0.93);
        brush.line(TYRE, 0.13, 0.38 - step, 0.97, 0.48 - step, 0.97);
        brush.line(TYRE, 0.13, 0.6 + step, 0.97, 0.7 + step, 0.97);
        brush.round(coat, 0.1, 0.24, 0.8, 0.5, 0.4);
        brush.box(coat, 0.14, 0.5, 0.72, 0.23);
        brush.line(EDGE, 0.05, 0.27, 0.36, 0.26, 0.6);
        brush.line(EDGE, 0.05, 0.73, 0.36, 0.74, 0.6);
        Color skin = SKINS[(int) Seeds.between(look, 31, 0, SKINS.length)];
        brush.oval(skin, 0.28, 0.03, 0.46, 0.22);
        Color hair = HAIR[(int) Seeds.between(look, 32, 0, HAIR.length)];
        brush.round(hair, 0.26, 0.01, 0.46, 0.1, 0.2);
        brush.box(hair, 0.26, 0.05, 0.12, 0.1);
    }

    private void dog(Color colour, boolean strides) {
        double step = strides ? 0.07 : 0;
        brush.line(colour, 0.1, 0.22, 0.6, 0.2 - step, 0.94);
        brush.line(colour, 0.1, 0.32, 0.6, 0.32 + step, 0.94);
        brush.line(colour, 0.1, 0.6, 0.6, 0.59 - step, 0.94);
        brush.line(colour, 0.1, 0.68, 0.6, 0.69 + step, 0.94);
        brush.line(colour, 0.08, 0.17, 0.45, 0.05, 0.16);
        brush.round(colour, 0.13, 0.32, 0.62, 0.38, 0.34);
        brush.polygon(colour, 0.6, 0.36, 0.7, 0.12, 0.84, 0.24, 0.76, 0.56);
        brush.round(colour, 0.66, 0.08, 0.24, 0.32, 0.2);
        brush.round(colour, 0.8, 0.2, 0.19, 0.18, 0.12);
        brush.polygon(Palette.lighter(colour, -38), 0.66, 0.06, 0.76, 0.1, 0.7, 0.34);
        brush.oval(TYRE, 0.94, 0.2, 0.05, 0.08);
    }

    private void parcel(Color brown) {
        Color cardboard = Palette.lighter(brown, 34);
        brush.box(cardboard, 0.02, 0.02, 0.96, 0.97);
        brush.box(Palette.lighter(brown, 54), 0.02, 0.02, 0.96, 0.24);
        brush.box(new Color(0xead9ae), 0.4, 0.02, 0.2, 0.97);
        brush.box(new Color(0xf2efe6), 0.68, 0.55, 0.22, 0.24);
        brush.box(Palette.lighter(brown, -22), 0.02, 0.92, 0.96, 0.07);
    }
}
