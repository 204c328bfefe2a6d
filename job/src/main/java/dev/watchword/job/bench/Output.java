package dev.watchword.job.bench;

import java.io.PrintWriter;
import java.util.List;

/** How a table is written. */
public enum Output {
    /** For people: the description, and aligned columns. */
    TEXT {
        @Override
        public void write(List<String> description, Table table, PrintWriter out) {
            description.forEach(out::println);
            out.println();
            if (table.rows().isEmpty()) {
                out.println("Nothing has been measured yet.");
            } else {
                TextTable.lines(table).forEach(out::println);
            }
            out.flush();
        }
    },

    /** For programs: one object a line. */
    JSON {
        @Override
        public void write(List<String> description, Table table, PrintWriter out) {
            JsonLines.lines(table).forEach(out::println);
            out.flush();
        }
    };

    /** Writes the whole table, and flushes. */
    public abstract void write(List<String> description, Table table, PrintWriter out);
}
