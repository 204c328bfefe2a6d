package dev.watchword.job.bench;

import dev.watchword.job.bench.Table.Cell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A table for people: columns aligned, names over them, words to the left and numbers right. */
final class TextTable {
    private static final String BETWEEN = "  ";
    private static final String NOTHING = "-";

    private TextTable() {}

    /** The lines of a table. */
    static List<String> lines(Table table) {
        int columns = table.columns().size();
        List<List<String>> heads =
                table.columns().stream().map(name -> Arrays.asList(name.split(" "))).toList();
        int height = heads.stream().mapToInt(List::size).max().orElse(0);
        List<List<String>> grid = new ArrayList<>();
        for (int line = 0; line < height; line++) {
            List<String> words = new ArrayList<>();
            for (List<String> head : heads) {
                int word = line - (height - head.size());
                words.add(word < 0 ? "" : head.get(word));
            }
            grid.add(words);
        }
        for (List<Cell> row : table.rows()) {
            grid.add(row.stream().map(TextTable::text).toList());
        }
        boolean[] left = new boolean[columns];
        int[] widths = new int[columns];
        for (int column = 0; column < columns; column++) {
            int at = column;
            left[column] = table.rows().stream().anyMatch(row -> row.get(at) instanceof Cell.Text);
            widths[column] = grid.stream().mapToInt(row -> row.get(at).length()).max().orElse(0);
        }
        return grid.stream().map(row -> line(row, widths, left)).toList();
    }

    private static String line(List<String> row, int[] widths, boolean[] left) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String padding = " ".repeat(widths[column] - row.get(column).length());
            line.append(column == 0 ? "" : BETWEEN)
                    .append(left[column] ? row.get(column) + padding : padding + row.get(column));
        }
        return line.toString().stripTrailing();
    }

    private static String text(Cell cell) {
        if (cell instanceof Cell.Text text) {
            return text.text();
        } else if (cell instanceof Cell.Whole whole) {
            return Long.toString(whole.number());
        } else if (cell instanceof Cell.Decimal decimal) {
            return decimal(decimal.number());
        }
        return NOTHING;
    }

    /** Of numbers below 1,000 three digits; of others all before the point. */
    private static String decimal(double number) {
        double size = Math.abs(number);
        int places = size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + places + "f", number);
    }
}
