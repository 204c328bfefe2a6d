package dev.watchword.job.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Rows of texts and numbers under named columns. A name tells the unit, as {@code frames per s}.
 */
public final class Table {
    private final List<String> columns;
    private final List<List<Cell>> rows = new ArrayList<>();

    /** What stands in a row under a column. */
    public sealed interface Cell {
        /** A word. */
        record Text(String text) implements Cell {}

        /** A counted number. */
        record Whole(long number) implements Cell {}

        /** A measured or computed number. */
        record Decimal(double number) implements Cell {}

        /** Nothing: the column says nothing about this row. */
        record None() implements Cell {}
    }

    public Table(String... columns) {
        this.columns = List.of(columns);
    }

    /**
     * Adds a row.
     *
     * @param values a {@code String}, an {@code Integer} or {@code Long}, a {@code Double}, or an
     *     {@code Optional} of these, for each column
     */
    public void add(Object... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(
                    "%d values for %d columns".formatted(values.length, columns.size()));
        }
        List<Cell> row = new ArrayList<>();
        for (Object value : values) {
            row.add(cell(value));
        }
        rows.add(List.copyOf(row));
    }

    private static Cell cell(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(Table::cell).orElseGet(Cell.None::new);
        } else if (value instanceof String text) {
            return new Cell.Text(text);
        } else if (value instanceof Integer || value instanceof Long) {
            return new Cell.Whole(((Number) value).longValue());
        } else if (value instanceof Double number) {
            return new Cell.Decimal(number);
        }
        throw new IllegalArgumentException("No table holds a " + value.getClass().getName());
    }

    /** The columns' names. */
    public List<String> columns() {
        return columns;
    }

    /** The columns' names as JSON has them: {@code frames_per_s}. */
    public List<String> keys() {
        return columns.stream()
                .map(column -> column.toLowerCase(Locale.ROOT).replace(' ', '_'))
                .toList();
    }

    /** The rows, in the order in which they were added. */
    public List<List<Cell>> rows() {
        return List.copyOf(rows);
    }
}
