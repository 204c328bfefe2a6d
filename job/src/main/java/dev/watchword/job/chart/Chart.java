package dev.watchword.job.chart;

import dev.watchword.job.chart.Series.Point;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Lines, or groups of bars, over labelled axes, with a key to their colours. */
public final class Chart {
    private static final int LEFT = 84;
    private static final int TOP = 76;
    private static final int WIDTH = 640;
    private static final int HEIGHT = 380;
    private static final int BOTTOM = 62;
    private static final int KEY = 270;
    private static final int KEY_STEP = 20;
    private static final int BAR_NAMES = 200;
    private static final int BAR = 12;
    private static final int BAR_GAP = 10;
    private static final int DOT = 6;
    private static final Color GRID = new Color(0xe4e6ea);
    private static final List<Color> COLOURS =
            Stream.of(
                            0x2f6db5, 0xd1602a, 0x3d8f5a, 0x8a57a8, 0xe3a54a, 0x5f6b7a, 0xc04b6e,
                            0x2aa3a3)
                    .map(Color::new)
                    .toList();

    private final String title;
    private final List<String> bars;
    private final List<Series> series;
    private final Axis across;
    private final Axis up;

    private Chart(String title, List<String> bars, List<Series> series, Axis across, Axis up) {
        this.title = title;
        this.bars = bars;
        this.series = List.copyOf(series);
        this.across = across;
        this.up = up;
    }

    /**
     * A chart of lines. A point that a logarithmic axis has no place for is left out.
     *
     * @param across what lies across, with its unit
     * @param up what lies upward, with its unit
     */
    public static Chart lines(
            String title,
            String across,
            boolean logarithmicAcross,
            String up,
            boolean logarithmicUp,
            List<Series> series) {
        return new Chart(
                title,
                List.of(),
                series,
                Axis.over(across, logarithmicAcross, numbers(series, Point::across)),
                Axis.over(up, logarithmicUp, numbers(series, Point::up)));
    }

    /**
     * A chart of bars that lie one below the other, one of each series for each name.
     *
     * @param label what the bars' lengths are, with their unit
     * @param names of the bars, the topmost first
     */
    public static Chart bars(String title, String label, List<String> names, List<Series> series) {
        Axis lengths = Axis.over(label, false, numbers(series, Point::up));
        return new Chart(title, List.copyOf(names), series, lengths, lengths);
    }

    private static double[] numbers(List<Series> series, ToDoubleFunction<Point> number) {
        return series.stream()
                .flatMap(each -> each.points().stream())
                .mapToDouble(number)
                .toArray();
    }

    /**
     * Writes it as a PNG file, over one that is there.
     *
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        if (!ImageIO.write(draw(), "png", file.toFile())) {
            throw new IOException("This Java cannot write PNG.");
        }
    }

    /** The names in its key, in order. */
    public List<String> keys() {
        return series.stream().map(Series::name).toList();
    }

    /** The names of its bars, the topmost first; none of a chart of lines. */
    public List<String> names() {
        return bars;
    }

    /** Draws it. */
    public BufferedImage draw() {
        Canvas canvas = Canvas.white(left() + WIDTH + KEY, TOP + height() + BOTTOM);
        Graphics2D graphics = canvas.graphics();
        graphics.setColor(Color.BLACK);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
        graphics.drawString(title, left(), 28);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        drawAcross(graphics);
        if (bars.isEmpty()) {
            drawUp(graphics);
        }
        for (int i = 0; i < series.size(); i++) {
            graphics.setColor(colour(i));
            if (bars.isEmpty()) {
                drawLine(graphics, series.get(i));
            } else {
                drawBars(graphics, i);
            }
            drawKey(graphics, i);
        }
        drawNames(graphics);
        graphics.dispose();
        return canvas.image();
    }

    private void drawAcross(Graphics2D graphics) {
        for (double tick : across.ticks()) {
            graphics.setColor(GRID);
            graphics.drawLine(x(tick), TOP, x(tick), TOP + height());
            graphics.setColor(Color.DARK_GRAY);
            Canvas.centre(graphics, Axis.text(tick), x(tick), TOP + height() + 18);
        }
        Canvas.centre(graphics, across.label(), left() + WIDTH / 2, TOP + height() + 42);
    }

    private void drawUp(Graphics2D graphics) {
        for (double tick : up.ticks()) {
            graphics.setColor(GRID);
            graphics.drawLine(left(), y(tick), left() + WIDTH, y(tick));
            graphics.setColor(Color.DARK_GRAY);
            Canvas.right(graphics, Axis.text(tick), left() - 8, y(tick) + 4);
        }
        graphics.drawString(up.label(), left(), TOP - 16);
    }

    private void drawLine(Graphics2D graphics, Series line) {
        List<Point> points =
                line.points().stream()
                        .filter(point -> across.holds(point.across()) && up.holds(point.up()))
                        .toList();
        graphics.setStroke(
                line.limit()
                        ? new BasicStroke(
                                1.6f,
                                BasicStroke.CAP_BUTT,
                                BasicStroke.JOIN_ROUND,
                                1,
                                new float[] {6, 5},
                                0)
                        : new BasicStroke(1.8f));
        for (int i = 1; i < points.size(); i++) {
            Point from = points.get(i - 1);
            Point to = points.get(i);
            graphics.drawLine(x(from.across()), y(from.up()), x(to.across()), y(to.up()));
        }
        for (Point point : points) {
            graphics.fillOval(x(point.across()) - DOT / 2, y(point.up()) - DOT / 2, DOT, DOT);
        }
    }

    private void drawBars(Graphics2D graphics, int number) {
        for (Point point : series.get(number).points()) {
            int top = barTop((int) point.across(), number);
            graphics.fillRect(left(), top, x(point.up()) - left(), BAR - 1);
            graphics.drawString(Axis.text(point.up()), x(point.up()) + 5, top + BAR - 2);
        }
    }

    private void drawNames(Graphics2D graphics) {
        graphics.setColor(Color.DARK_GRAY);
        for (int bar = 0; bar < bars.size(); bar++) {
            int middle = barTop(bar, 0) + series.size() * BAR / 2;
            Canvas.right(graphics, bars.get(bar), left() - 8, middle + 4);
        }
    }

    private void drawKey(Graphics2D graphics, int number) {
        int x = left() + WIDTH + 40;
        int y = TOP + number * KEY_STEP;
        graphics.fillRect(x, y, 12, 12);
        graphics.setColor(Color.DARK_GRAY);
        graphics.drawString(series.get(number).name(), x + 18, y + 11);
    }

    private int left() {
        return bars.isEmpty() ? LEFT : LEFT + BAR_NAMES;
    }

    private int height() {
        return bars.isEmpty() ? HEIGHT : bars.size() * (series.size() * BAR + BAR_GAP) + BAR_GAP;
    }

    /** The colour of a series, counted from 0. */
    static Color colour(int number) {
        return COLOURS.get(number % COLOURS.size());
    }

    /** The column of pixels of a number across the chart. */
    int x(double number) {
        return left() + (int) Math.round(WIDTH * across.share(number));
    }

    /** The row of pixels of a number of a chart of lines. */
    int y(double number) {
        return TOP + HEIGHT - (int) Math.round(HEIGHT * up.share(number));
    }

    /** The first row of pixels of a bar of a series. */
    int barTop(int bar, int number) {
        return TOP + BAR_GAP + bar * (series.size() * BAR + BAR_GAP) + number * BAR;
    }
}
