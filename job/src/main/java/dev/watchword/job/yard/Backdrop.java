package dev.watchword.job.yard;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** Draws the yard itself: sky, hills, house, fence, gate, ground; in 96ths of the picture's side. */
final class Backdrop {
    private static final double LEFT = -4;
    private static final double WIDTH = 104;
    private static final Color[] WALLS = {
        new Color(0xd8c6ae), new Color(0xcabfb4), new Color(0xd2b9a6), new Color(0xbfc4c4)
    };
    private static final Color[] ROOFS = {
        new Color(0x6d5a58), new Color(0x5c6068), new Color(0x7a675c), new Color(0x665a6a)
    };
    private static final Color[] LEAVES = {
        new Color(0x6b3a63), new Color(0x2f6670), new Color(0x5a4a78), new Color(0x3d5c66)
    };
    private static final Color ASPHALT = new Color(0x85868a);
    private static final Color LANE = new Color(0x8f9094);
    private static final Color PAVING = new Color(0xb3a898);
    private static final Color JOINT = new Color(0x9c9284);
    private static final Color MARKING = new Color(0xb9bbbd);
    private static final Color STONE = new Color(0xa39a8e);
    private static final Color IRON = new Color(0x3c3f47);
    private static final Color PLANK = new Color(0x9a8c7c);
    private static final Color PLANK_EDGE = new Color(0x7e7265);
    private static final Color FRAME = new Color(0xe6ddd0);
    private static final Color PANE = new Color(0x56656f);
    private static final Color HANDLE = new Color(0xd8ccb0);
    private static final Color TRUNK = new Color(0x65574c);

    private final long cameraSeed;

    Backdrop(long cameraSeed) {
        this.cameraSeed = Seeds.mix(cameraSeed, 0x6264);
    }

    void draw(Graphics2D graphics, Conditions conditions) {
        Brush brush = new Brush(graphics);
        sky(graphics, brush, conditions);
        hills(graphics, brush);
        ground(brush);
        fence(brush);
        gate(brush, conditions.gateOpen());
        house(brush);
        door(brush, conditions.doorOpen());
        lamp(brush, conditions.lampOn());
        if (conditions.raining()) {
            puddles(brush);
        }
    }

    private void sky(Graphics2D graphics, Brush brush, Conditions conditions) {
        Color high;
        Color low;
        switch (conditions.daylight()) {
            case DAY -> {
                high = new Color(0x8fb6da);
                low = new Color(0xd7e4ea);
            }
            case DUSK -> {
                high = new Color(0x8c7c9c);
                low = new Color(0xf3b183);
            }
            default -> {
                high = new Color(0x1c2440);
                low = new Color(0x48547c);
            }
        }
        if (conditions.raining()) {
            double clouds = conditions.daylight() == Daylight.NIGHT ? 1.3 : 0.8;
            high = towardGrey(high, clouds);
            low = towardGrey(low, clouds);
        }
        graphics.setPaint(new GradientPaint(0, 0, high, 0, 30, low));
        graphics.fill(new Rectangle2D.Double(LEFT, LEFT, WIDTH, 40));
        if (conditions.daylight() == Daylight.NIGHT && !conditions.raining()) {
            for (int star = 0; star < 16; star++) {
                double x = Seeds.between(cameraSeed, 100 + star, 48, 96);
                double y = Seeds.between(cameraSeed, 130 + star, 0, 16);
                brush.oval(new Color(0xd0d4e4), x, y, 0.6, 0.6);
            }
        }
    }

    private static Color towardGrey(Color colour, double clouds) {
        int mean = (colour.getRed() + colour.getGreen() + colour.getBlue()) / 3;
        int cloud = (int) (mean * clouds);
        return new Color(
                (colour.getRed() + 2 * cloud) / 3,
                (colour.getGreen() + 2 * cloud) / 3,
                (colour.getBlue() + 2 * cloud) / 3);
    }

    private void hills(Graphics2D graphics, Brush brush) {
        hill(graphics, new Color(0x8e9aa6), 19, 3.5, 40);
        hill(graphics, new Color(0x7c8782), 24, 2.5, 41);
        for (int tree = 0; tree < 4; tree++) {
            double x = 53 + tree * 11 + Seeds.between(cameraSeed, 50 + tree, -3, 3);
            double top = 13 + Seeds.between(cameraSeed, 60 + tree, 0, 5);
            double wide = Seeds.between(cameraSeed, 70 + tree, 6, 8.5);
            brush.box(TRUNK, x - 0.6, top + 8, 1.2, 22);
            Color crown = new Color(0x6f7a66);
            brush.oval(Palette.lighter(crown, -12), x - wide / 2, top + 2, wide, 13);
            brush.oval(crown, x - wide / 2 + 0.3, top, wide * 0.9, 11);
            brush.oval(Palette.lighter(crown, 12), x - wide / 3, top + 1, wide * 0.45, 5);
        }
    }

    private void hill(Graphics2D graphics, Color colour, double height, double swing, int which) {
        double phase = Seeds.between(cameraSeed, which, 0, 6.28);
        Path2D path = new Path2D.Double();
        path.moveTo(LEFT, 45);
        for (double x = LEFT; x <= LEFT + WIDTH; x += 2) {
            path.lineTo(x, height + swing * Math.sin(x * 0.07 + phase));
        }
        path.lineTo(LEFT + WIDTH, 45);
        path.closePath();
        graphics.setColor(colour);
        graphics.fill(path);
    }

    private void ground(Brush brush) {
        brush.box(ASPHALT, LEFT, 42, WIDTH, 60);
        brush.box(PAVING, LEFT, 45, 52, 9);
        for (double x = LEFT; x < 48; x += 6) {
            brush.line(JOINT, 0.35, x, 45.5, x - 1.2, 53.8);
        }
        brush.box(STONE, LEFT, 53.6, 52, 0.9);
        brush.polygon(LANE, 48, 55, 76, 46, 97, 46, 101, 46, 101, 66, 30, 66);
        for (double x = 0.2; x <= 96; x += 31.6) {
            brush.polygon(MARKING, x, 68.5, x + 0.9, 68.5, x + 0.4, 82, x - 0.6, 82);
        }
        brush.box(MARKING, LEFT, 67.8, WIDTH, 0.7);
        brush.box(PAVING, LEFT, 84, WIDTH, 20);
        brush.box(STONE, LEFT, 83.4, WIDTH, 1);
        for (double x = LEFT; x < 104; x += 8) {
            brush.line(JOINT, 0.4, x, 84.6, x - 2, 101);
        }
        for (int spot = 0; spot < 14; spot++) {
            double x = Seeds.between(cameraSeed, 200 + spot, 0, 92);
            double y = Seeds.between(cameraSeed, 230 + spot, 56, 81);
            brush.oval(new Color(0, 0, 0, 16), x, y, 5, 1.4);
        }
    }

    private void fence(Brush brush) {
        brush.box(PLANK, 46, 31, 31, 13);
        for (double x = 46; x < 77; x += 2.6) {
            brush.line(PLANK_EDGE, 0.35, x, 31, x, 44);
        }
        brush.box(PLANK_EDGE, 46, 33.4, 31, 0.8);
        brush.box(PLANK_EDGE, 46, 40.6, 31, 0.8);
        brush.box(STONE, 46, 43.4, 31, 1.4);
    }

    private void gate(Brush brush, boolean open) {
        brush.polygon(LANE, 79, 46, 84, 30, 90, 30, 95, 46);
        brush.line(MARKING, 0.5, 87, 31, 87, 45);
        if (open) {
            brush.polygon(IRON, 78.8, 28, 81.8, 30.5, 81.8, 44, 78.8, 47.4);
            brush.polygon(IRON, 95.2, 28, 92.4, 30.5, 92.4, 44, 95.2, 47.4);
        } else {
            for (double x = 79.6; x < 95; x += 2.5) {
                brush.line(IRON, 0.95, x, 28.5, x, 46);
            }
            brush.line(IRON, 1.4, 79, 30, 95, 30);
            brush.line(IRON, 1.4, 79, 44, 95, 44);
            brush.line(IRON, 1.1, 79, 44, 95, 30);
            brush.line(IRON, 1.1, 79, 30, 95, 44);
        }
        for (double x : new double[] {76, 95}) {
            brush.box(STONE, x, 26, 3, 21);
            brush.box(Palette.lighter(STONE, -24), x + 2.2, 26, 0.8, 21);
            brush.box(Palette.lighter(STONE, 22), x - 0.5, 25, 4, 1.6);
        }
    }

    private void house(Brush brush) {
        Color wall = WALLS[(int) Seeds.between(cameraSeed, 1, 0, WALLS.length)];
        Color roof = ROOFS[(int) Seeds.between(cameraSeed, 2, 0, ROOFS.length)];
        brush.box(wall, LEFT, 13, 49.5, 33);
        for (double y = 17; y < 45; y += 4) {
            brush.line(Palette.lighter(wall, -10), 0.3, LEFT, y, 45.5, y);
        }
        brush.box(Palette.lighter(wall, -26), LEFT, 13, 49.5, 1.6);
        brush.polygon(roof, LEFT, 13.4, LEFT, 3, 42, 3, 47.5, 13.4);
        for (double y = 5.5; y < 13; y += 2.5) {
            brush.line(Palette.lighter(roof, -16), 0.4, LEFT, y, 43.2 + (y - 5) * 0.5, y);
        }
        brush.box(Palette.lighter(roof, 26), LEFT, 12.9, 51.6, 0.9);
        brush.box(Palette.lighter(wall, -34), LEFT, 44.6, 49.5, 1.6);
        window(brush, 3.2, 22.5);
    }

    private void window(Brush brush, double x, double y) {
        brush.box(FRAME, x - 0.8, y - 0.8, 10.6, 11.6);
        brush.box(PANE, x, y, 9, 10);
        brush.polygon(
                new Color(255, 255, 255, 50), x + 1, y + 10, x + 5, y, x + 7.5, y, x + 3.5, y + 10);
        brush.line(FRAME, 0.7, x + 4.5, y, x + 4.5, y + 10);
        brush.line(FRAME, 0.7, x, y + 4.6, x + 9, y + 4.6);
        brush.box(STONE, x - 1.4, y + 10.6, 11.8, 1.1);
    }

    private void door(Brush brush, boolean open) {
        Color leaf = LEAVES[(int) Seeds.between(cameraSeed, 3, 0, LEAVES.length)];
        brush.box(FRAME, 16, 24, 14, 21.4);
        if (open) {
            brush.box(new Color(0xffd98a), 17.2, 25.2, 11.6, 20);
            brush.polygon(new Color(0xd9a862), 17.2, 45.2, 28.8, 45.2, 26.5, 40, 19.5, 40);
            brush.box(new Color(0xe9bf78), 17.2, 25.2, 11.6, 3);
            brush.polygon(leaf, 16.9, 24.6, 19.6, 26.4, 19.6, 46.2, 16.9, 45.4);
        } else {
            brush.box(leaf, 17.2, 25.2, 11.6, 20);
            Color panel = Palette.lighter(leaf, 22);
            brush.box(panel, 18.8, 27, 3.5, 7);
            brush.box(panel, 23.8, 27, 3.5, 7);
            brush.box(panel, 18.8, 36.4, 3.5, 7);
            brush.box(panel, 23.8, 36.4, 3.5, 7);
            brush.oval(HANDLE, 26.9, 34.6, 1.2, 1.2);
        }
        brush.box(Palette.lighter(STONE, 14), 13.5, 45.2, 19, 1.5);
        brush.box(Palette.lighter(STONE, -14), 12.5, 46.7, 21, 1.6);
    }

    private void lamp(Brush brush, boolean on) {
        brush.line(IRON, 0.9, 37.5, 18.2, 37.5, 20);
        brush.box(IRON, 35.4, 19.4, 4.2, 1.3);
        brush.polygon(
                on ? new Color(0xfff6c4) : new Color(0x6f7478),
                35.6,
                20.7,
                39.4,
                20.7,
                40.2,
                25.4,
                34.8,
                25.4);
        brush.box(IRON, 34.6, 25.4, 5.8, 0.9);
    }

    private void puddles(Brush brush) {
        for (int puddle = 0; puddle < 5; puddle++) {
            double x = Seeds.between(cameraSeed, 300 + puddle, 2, 84);
            double y = Seeds.between(cameraSeed, 320 + puddle, 57, 81);
            brush.oval(new Color(0xa2, 0xa9, 0xb2, 110), x, y, 11, 2);
        }
    }
}
