package dev.watchword.job.analysis;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;

/** A picture, and beside it what each query of the compressor took from it. */
public final class HeatMapSheet {
    private static final int SIDE = 288;
    private static final int GAP = 16;
    private static final int CAPTION = 44;
    private static final int COLUMNS = 5;

    private HeatMapSheet() {}

    /** Draws the sheet. */
    public static BufferedImage of(BufferedImage picture, List<PatchAttention> maps) {
        int panels = maps.size() + 1;
        int columns = Math.min(panels, COLUMNS);
        int rows = (panels + columns - 1) / columns;
        BufferedImage sheet =
                new BufferedImage(
                        GAP + columns * (SIDE + GAP),
                        GAP + rows * (SIDE + CAPTION),
                        BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        for (int i = 0; i < panels; i++) {
            int x = GAP + i % columns * (SIDE + GAP);
            int y = GAP + i / columns * (SIDE + CAPTION);
            BufferedImage panel =
                    i == 0
                            ? HeatMap.scaled(picture, SIDE)
                            : HeatMap.of(picture, maps.get(i - 1), SIDE);
            graphics.drawImage(panel, x, y, null);
            graphics.setColor(Color.DARK_GRAY);
            graphics.drawString(
                    i == 0 ? "what the model sees" : maps.get(i - 1).name(), x, y + SIDE + 17);
            if (i > 0) {
                graphics.drawString(peak(maps.get(i - 1)), x, y + SIDE + 34);
            }
        }
        graphics.dispose();
        return sheet;
    }

    private static String peak(PatchAttention map) {
        return String.format(
                Locale.ROOT,
                "at most %.1f%% on one of %d patches",
                100 * map.peak(),
                map.grid() * map.grid());
    }
}
