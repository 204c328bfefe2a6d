package dev.watchword.job.bench;

import dev.watchword.job.bench.Table.Cell;
import dev.watchword.job.chart.Chart;
import dev.watchword.job.chart.Series;
import dev.watchword.job.chart.Series.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Which columns of a table are drawn, and how. A row without the numbers in them is left out. */
public sealed interface TablePlot {
    /** Draws what the table has. */
    Chart of(Table table);

    /**
     * Lines over a number.
     *
     * @param across the column of the number, on a logarithmic axis
     * @param up the columns that are drawn; those behind the first as limits
     * @param logarithmicUp whether they are on a logarithmic axis
     * @param series the columns whose words name a line
     */
    record Lines(
            String title,
            String across,
            List<String> up,
            boolean logarithmicUp,
            List<String> series)
            implements TablePlot {
        @Override
        public Chart of(Table table) {
            Map<String, List<Point>> points = new LinkedHashMap<>();
            Map<String, Boolean> limits = new LinkedHashMap<>();
            for (List<Cell> row : table.rows()) {
                for (int i = 0; i < up.size(); i++) {
                    OptionalDouble x = number(table, row, across);
                    OptionalDouble y = number(table, row, up.get(i));
                    if (x.isPresent() && y.isPresent()) {
                        String name = words(table, row) + (i == 0 ? "" : ", " + up.get(i));
                        points.computeIfAbsent(name, absent -> new ArrayList<>())
                                .add(new Point(x.getAsDouble(), y.getAsDouble()));
                        limits.put(name, i > 0);
                    }
                }
            }
            List<Series> lines =
                    points.entrySet().stream()
                            .map(
                                    line ->
                                            new Series(
                                                    line.getKey(),
                                                    line.getValue(),
                                                    limits.get(line.getKey())))
                            .toList();
            return Chart.lines(title, across, true, up.get(0), logarithmicUp, lines);
        }

        private String words(Table table, List<Cell> row) {
            return series.stream()
                    .map(column -> row.get(table.columns().indexOf(column)))
                    .filter(Cell.Text.class::isInstance)
                    .map(cell -> ((Cell.Text) cell).text())
                    .collect(Collectors.joining(" "));
        }
    }

    /**
     * Bars, one row below the other.
     *
     * @param label what their lengths are, with their unit
     * @param name the column of the rows' names
     * @param values the columns that are drawn, side by side
     */
    record Bars(String title, String label, String name, List<String> values) implements TablePlot {
        @Override
        public Chart of(Table table) {
            List<String> names = new ArrayList<>();
            Map<String, List<Point>> points = new LinkedHashMap<>();
            values.forEach(value -> points.put(value, new ArrayList<>()));
            for (List<Cell> row : table.rows()) {
                int bar = names.size();
                boolean drawn = false;
                for (String value : values) {
                    OptionalDouble number = number(table, row, value);
                    if (number.isPresent()) {
                        points.get(value).add(new Point(bar, number.getAsDouble()));
                        drawn = true;
                    }
                }
                if (drawn) {
                    Cell cell = row.get(table.columns().indexOf(name));
                    names.add(((Cell.Text) cell).text());
                }
            }
            List<Series> bars =
                    points.entrySet().stream()
                            .map(each -> new Series(each.getKey(), each.getValue(), false))
                            .toList();
            return Chart.bars(title, label, names, bars);
        }
    }

    private static OptionalDouble number(Table table, List<Cell> row, String column) {
        Cell cell = row.get(table.columns().indexOf(column));
        if (cell instanceof Cell.Whole whole) {
            return OptionalDouble.of(whole.number());
        } else if (cell instanceof Cell.Decimal decimal && Double.isFinite(decimal.number())) {
            return OptionalDouble.of(decimal.number());
        }
        return OptionalDouble.empty();
    }
}
