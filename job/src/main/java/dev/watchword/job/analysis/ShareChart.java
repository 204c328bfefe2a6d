package dev.watchword.job.analysis;

import dev.watchword.job.chart.Canvas;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Bars that tell, layer by layer, where the decoder looks. */
public final class ShareChart {
    static final Color VISION = new Color(0x2f6db5);
    static final Color BEFORE = new Color(0xc4c8ce);
    static final Color BEHIND = new Color(0xe3a54a);

    private static final int LEFT = 64;
    private static final int TOP = 84;
    private static final int RIGHT = 24;
    private static final int BOTTOM = 56;
    private static final int HEIGHT = 300;
    private static final int LEAST_WIDTH = 560;
    private static final int STEP = 26;

    private ShareChart() {}

    /**
     * Draws the chart.
     *
     * @param title what is shown, in a line
     */
    public static BufferedImage of(String title, List<LayerShares> layers) {
        int width = Math.max(LEAST_WIDTH, layers.size() * STEP);
        Canvas canvas = Canvas.white(LEFT + width + RIGHT, TOP + HEIGHT + BOTTOM);
        Graphics2D graphics = canvas.graphics();
        drawHead(graphics, title);
        drawScale(graphics, width);
        for (int i = 0; i < layers.size(); i++) {
            drawBar(graphics, i, layers, width);
        }
        Canvas.centre(graphics, "layer of the decoder", LEFT + width / 2, TOP + HEIGHT + 42);
        graphics.dispose();
        return canvas.image();
    }

    private static void drawHead(Graphics2D graphics, String title) {
        graphics.setColor(Color.BLACK);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
        graphics.drawString(title, LEFT, 26);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        int x = drawKey(graphics, LEFT, VISION, "vision tokens");
        x = drawKey(graphics, x, BEFORE, "text before them");
        drawKey(graphics, x, BEHIND, "question and answer");
    }

    private static int drawKey(Graphics2D graphics, int x, Color colour, String name) {
        graphics.setColor(colour);
        graphics.fillRect(x, 44, 12, 12);
        graphics.setColor(Color.DARK_GRAY);
        graphics.drawString(name, x + 18, 55);
        return x + 18 + graphics.getFontMetrics().stringWidth(name) + 24;
    }

    private static void drawScale(Graphics2D graphics, int width) {
        graphics.setStroke(new BasicStroke(1));
        for (int percent = 0; percent <= 100; percent += 25) {
            int y = TOP + HEIGHT - HEIGHT * percent / 100;
            graphics.setColor(new Color(0xe4e6ea));
            graphics.drawLine(LEFT, y, LEFT + width, y);
            graphics.setColor(Color.DARK_GRAY);
            String text = percent + "%";
            Canvas.right(graphics, text, LEFT - 8, y + 4);
        }
    }

    private static void drawBar(Graphics2D graphics, int i, List<LayerShares> layers, int width) {
        double step = (double) width / layers.size();
        int left = LEFT + (int) Math.round(i * step + step * 0.15);
        int right = LEFT + (int) Math.round((i + 1) * step - step * 0.15);
        LayerShares shares = layers.get(i);
        int afterVision = height(shares.vision());
        int afterBefore = height(shares.vision() + shares.before());
        fill(graphics, VISION, left, right, 0, afterVision);
        fill(graphics, BEFORE, left, right, afterVision, afterBefore);
        fill(graphics, BEHIND, left, right, afterBefore, HEIGHT);
        graphics.setColor(Color.DARK_GRAY);
        Canvas.centre(graphics, "" + (i + 1), (left + right) / 2, TOP + HEIGHT + 18);
    }

    private static int height(double share) {
        return (int) Math.round(share * HEIGHT);
    }

    private static void fill(
            Graphics2D graphics, Color colour, int left, int right, int from, int to) {
        graphics.setColor(colour);
        graphics.fillRect(left, TOP + HEIGHT - to, right - left, to - from);
    }

    /** The height in pixels at which a share of the scale lies, counted from the top. */
    static int levelOf(double share) {
        return TOP + HEIGHT - height(share);
    }

    /** The column of pixels in the middle of a layer's bar. */
    static int middleOf(int layer, int layers) {
        int width = Math.max(LEAST_WIDTH, layers * STEP);
        return LEFT + (int) Math.round((layer + 0.5) * width / layers);
    }
}
