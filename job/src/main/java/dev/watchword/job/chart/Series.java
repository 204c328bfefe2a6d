package dev.watchword.job.chart;

import java.util.List;

/**
 * Numbers that belong together, drawn in one colour.
 *
 * @param name as the chart's key has it
 * @param points in the order in which they are joined; of bars, {@code across} counts the bars from
 *     0
 * @param limit whether they are a limit and not a measurement: drawn dashed
 */
public record Series(String name, List<Point> points, boolean limit) {
    /** A number, and where it lies across the chart. */
    public record Point(double across, double up) {}

    public Series {
        points = List.copyOf(points);
    }
}
