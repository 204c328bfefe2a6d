package dev.watchword.job.yard;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;

/** Draws simple shapes, in whatever units its graphics are set to. */
final class Brush {
    private final Graphics2D graphics;

    Brush(Graphics2D graphics) {
        this.graphics = graphics;
        graphics.setRenderingHint(
                RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(
                RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    }

    void box(Color colour, double x, double y, double width, double height) {
        graphics.setColor(colour);
        graphics.fill(new Rectangle2D.Double(x, y, width, height));
    }

    void round(Color colour, double x, double y, double width, double height, double arc) {
        graphics.setColor(colour);
        graphics.fill(new RoundRectangle2D.Double(x, y, width, height, arc, arc));
    }

    void oval(Color colour, double x, double y, double width, double height) {
        graphics.setColor(colour);
        graphics.fill(new Ellipse2D.Double(x, y, width, height));
    }

    void ring(Color colour, double thick, double x, double y, double width, double height) {
        stroke(colour, thick);
        graphics.draw(new Ellipse2D.Double(x, y, width, height));
    }

    void line(Color colour, double thick, double fromX, double fromY, double toX, double toY) {
        stroke(colour, thick);
        graphics.draw(new Line2D.Double(fromX, fromY, toX, toY));
    }

    /** Fills a polygon given as x, y, x, y and so on. */
    void polygon(Color colour, double... points) {
        Path2D path = new Path2D.Double();
        path.moveTo(points[0], points[1]);
        for (int index = 2; index < points.length; index += 2) {
            path.lineTo(points[index], points[index + 1]);
        }
        path.closePath();
        graphics.setColor(colour);
        graphics.fill(path);
    }

    private void stroke(Color colour, double thick) {
        graphics.setColor(colour);
        graphics.setStroke(
                new BasicStroke((float) thick, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    }
}
