package dev.watchword.job.analysis;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** A picture under colours that tell how much each of its patches was looked at. */
final class HeatMap {
    private static final double COVER = 0.6;

    private HeatMap() {}

    /**
     * Draws the map.
     *
     * @param side of the map in pixels
     */
    static BufferedImage of(BufferedImage picture, PatchAttention attention, int side) {
        BufferedImage map = scaled(picture, side);
        float peak = attention.peak();
        int grid = attention.grid();
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                float share = attention.at(y * grid / side, x * grid / side);
                int grey = grey(map.getRGB(x, y));
                map.setRGB(x, y, HeatColours.blend(grey, HeatColours.of(share / peak), COVER));
            }
        }
        return map;
    }

    /** Returns a picture stretched to a square. */
    static BufferedImage scaled(BufferedImage picture, int side) {
        BufferedImage scaled = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = scaled.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(picture, 0, 0, side, side, null);
        graphics.dispose();
        return scaled;
    }

    private static int grey(int rgb) {
        int level =
                (int) (0.3 * (rgb >> 16 & 0xff) + 0.59 * (rgb >> 8 & 0xff) + 0.11 * (rgb & 0xff));
        return level * 0x010101;
    }
}
