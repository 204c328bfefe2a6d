package dev.watchword.job.train;

import dev.watchword.job.chart.Canvas;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;

/** Draws how training went: what was right, and the losses, over the time that it took. */
final class TrainingChart {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 260;
    private static final int LEFT = 60;
    private static final int TOP = 56;
    private static final int GAP = 76;
    private static final Color STATES = new Color(0x2f6db5);
    private static final Color ANSWERS = new Color(0xd1602a);
    private static final Color GRID = new Color(0xe4e6ea);

    /** A line of the table that {@link TrainingLog} writes. */
    private record Point(
            String stage,
            double seconds,
            double answerLoss,
            double right,
            double stateLoss,
            double statesRight) {}

    private final List<Point> points;
    private final double end;
    private final Graphics2D graphics;

    private TrainingChart(List<Point> points, Graphics2D graphics) {
        this.points = points;
        this.graphics = graphics;
        this.end = points.get(points.size() - 1).seconds();
    }

    /**
     * Draws the table of a training.
     *
     * @param table as {@link TrainingLog} writes it; nothing is drawn of an empty one
     * @param picture a PNG file
     */
    static void draw(Path table, Path picture) throws IOException {
        List<Point> points = new ArrayList<>();
        for (String line : Files.readAllLines(table)) {
            String[] cells = line.split(",");
            points.add(
                    new Point(
                            cells[0],
                            Double.parseDouble(cells[2]),
                            Double.parseDouble(cells[4]),
                            Double.parseDouble(cells[5]),
                            Double.parseDouble(cells[6]),
                            Double.parseDouble(cells[7])));
        }
        if (points.isEmpty()) {
            return;
        }
        Canvas canvas = Canvas.white(LEFT + WIDTH + 30, TOP + 2 * HEIGHT + GAP + 50);
        Graphics2D graphics = canvas.graphics();
        new TrainingChart(points, graphics).draw();
        graphics.dispose();
        ImageIO.write(canvas.image(), "png", picture.toFile());
    }

    private void draw() {
        panel(TOP, "right, in percent", 100);
        line(TOP, 100, STATES, "what is to be seen", 0, point -> 100 * point.statesRight());
        line(TOP, 100, ANSWERS, "answers", 1, point -> 100 * point.right());
        int second = TOP + HEIGHT + GAP;
        panel(second, "loss, in nats", 2);
        line(second, 2, STATES, "state heads, the mean", 0, Point::stateLoss);
        line(second, 2, ANSWERS, "answers, each token", 1, Point::answerLoss);
        graphics.setColor(Color.DARK_GRAY);
        graphics.drawString("minutes", LEFT + WIDTH - 50, second + HEIGHT + 34);
    }

    private void panel(int top, String title, double most) {
        graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
        graphics.setColor(Color.BLACK);
        graphics.drawString(title, LEFT, top - 32);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        graphics.setStroke(new BasicStroke(1));
        for (int i = 0; i <= 4; i++) {
            int y = top + HEIGHT - HEIGHT * i / 4;
            graphics.setColor(GRID);
            graphics.drawLine(LEFT, y, LEFT + WIDTH, y);
            graphics.setColor(Color.DARK_GRAY);
            graphics.drawString("%.4s".formatted(most * i / 4), LEFT - 36, y + 4);
        }
        String stage = "";
        for (Point point : points) {
            if (!point.stage().equals(stage)) {
                stage = point.stage();
                graphics.setColor(Color.GRAY);
                graphics.drawLine(x(point), top, x(point), top + HEIGHT);
                graphics.drawString(stage, x(point) + 4, top + HEIGHT + 16);
            }
        }
        for (int minutes = 0; minutes * 60 <= end; minutes += Math.max(1, (int) (end / 600))) {
            int x = LEFT + (int) (WIDTH * minutes * 60 / end);
            graphics.setColor(Color.DARK_GRAY);
            graphics.drawString("" + minutes, x, top + HEIGHT + 34);
        }
    }

    private void line(
            int top,
            double most,
            Color colour,
            String name,
            int place,
            ToDoubleFunction<Point> value) {
        graphics.setColor(colour);
        graphics.fillRect(LEFT + 170 * place, top - 22, 12, 12);
        graphics.drawString(name, LEFT + 170 * place + 18, top - 12);
        graphics.setStroke(new BasicStroke(1.6f));
        for (int i = 1; i < points.size(); i++) {
            Point from = points.get(i - 1);
            Point to = points.get(i);
            double before = value.applyAsDouble(from);
            double after = value.applyAsDouble(to);
            if (from.stage().equals(to.stage()) && before > 0 && after > 0) {
                graphics.drawLine(x(from), y(top, before, most), x(to), y(top, after, most));
            }
        }
    }

    private int x(Point point) {
        return LEFT + (int) (WIDTH * point.seconds() / end);
    }

    private static int y(int top, double value, double most) {
        return top + HEIGHT - (int) (HEIGHT * Math.min(1, value / most));
    }
}
