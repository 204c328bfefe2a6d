package dev.watchword.job.demo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;

/**
 * A drawn yard, as a fixed camera sees it: a red car drives through, the gate opens, a parcel is
 * left at the door.
 */
public final class YardScene {
    /** The size of its pictures, in pixels. */
    public static final Dimension SIZE = new Dimension(640, 360);

    /** How fast its pictures follow each other. */
    public static final int FRAMES_PER_SECOND = 4;

    /** How many pictures there are. */
    public static final int FRAMES = 60;

    private static final int CAR_COMES = 6;
    private static final int CAR_LEAVES = 30;
    private static final int GATE_OPENS = 24;
    private static final int PARCEL_COMES = 42;

    private static final Color SKY = new Color(0xa9c7e3);
    private static final Color GROUND = new Color(0x8f8a7d);
    private static final Color WALL = new Color(0xcbb9a0);
    private static final Color DOOR = new Color(0x4d6b57);
    private static final Color IRON = new Color(0x3a3a40);
    private static final Color RED = new Color(0xb3261e);
    private static final Color GLASS = new Color(0xd9ecf5);
    private static final Color CARDBOARD = new Color(0xb98a4e);

    private YardScene() {}

    /** Draws a picture by its index, from 0. */
    public static BufferedImage draw(int index) {
        BufferedImage image =
                new BufferedImage(SIZE.width, SIZE.height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        drawHouse(graphics);
        drawGate(graphics, index >= GATE_OPENS);
        if (index >= PARCEL_COMES) {
            fill(graphics, CARDBOARD, new Rectangle2D.Double(148, 236, 34, 24));
        }
        if (index >= CAR_COMES && index < CAR_LEAVES) {
            drawCar(graphics, progress(index));
        }
        graphics.dispose();
        return image;
    }

    /** From 0, when the car comes, to 1. */
    private static double progress(int index) {
        return (double) (index - CAR_COMES) / (CAR_LEAVES - CAR_COMES);
    }

    private static void drawHouse(Graphics2D graphics) {
        fill(graphics, SKY, new Rectangle2D.Double(0, 0, SIZE.width, SIZE.height));
        fill(graphics, GROUND, new Rectangle2D.Double(0, 200, SIZE.width, 160));
        fill(graphics, WALL, new Rectangle2D.Double(40, 70, 260, 190));
        fill(graphics, DOOR, new Rectangle2D.Double(90, 150, 54, 110));
        fill(graphics, GLASS, new Rectangle2D.Double(190, 110, 70, 54));
    }

    private static void drawGate(Graphics2D graphics, boolean open) {
        graphics.setColor(IRON);
        graphics.setStroke(new BasicStroke(4));
        int width = open ? 26 : 120;
        for (int x = 0; x <= width; x += open ? 6 : 15) {
            graphics.drawLine(440 + x, 140, 440 + x, 240);
        }
        graphics.drawLine(440, 150, 440 + width, 150);
        graphics.drawLine(440, 225, 440 + width, 225);
    }

    private static void drawCar(Graphics2D graphics, double progress) {
        double x = -170 + progress * (SIZE.width + 170);
        fill(graphics, RED, new RoundRectangle2D.Double(x, 270, 160, 40, 20, 20));
        fill(graphics, RED, new RoundRectangle2D.Double(x + 34, 244, 86, 40, 24, 24));
        fill(graphics, GLASS, new Rectangle2D.Double(x + 44, 250, 30, 20));
        fill(graphics, GLASS, new Rectangle2D.Double(x + 82, 250, 30, 20));
        fill(graphics, IRON, new Ellipse2D.Double(x + 18, 296, 30, 30));
        fill(graphics, IRON, new Ellipse2D.Double(x + 112, 296, 30, 30));
    }

    private static void fill(Graphics2D graphics, Color colour, Shape shape) {
        graphics.setColor(colour);
        graphics.fill(shape);
    }
}
