package dev.watchword.job.chart;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/**
 * A picture to draw on.
 *
 * @param graphics draws on it, with smooth edges
 */
public record Canvas(BufferedImage image, Graphics2D graphics) {

    /** A white one. */
    public static Canvas white(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(
                RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        return new Canvas(image, graphics);
    }

    /** Writes a text with its middle at {@code x}. */
    public static void centre(Graphics2D graphics, String text, int x, int y) {
        graphics.drawString(text, x - graphics.getFontMetrics().stringWidth(text) / 2, y);
    }

    /** Writes a text that ends at {@code x}. */
    public static void right(Graphics2D graphics, String text, int x, int y) {
        graphics.drawString(text, x - graphics.getFontMetrics().stringWidth(text), y);
    }
}
