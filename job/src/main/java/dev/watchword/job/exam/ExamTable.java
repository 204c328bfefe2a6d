package dev.watchword.job.exam;

import dev.watchword.job.bench.Table;
import java.util.List;

/** Rows as a table. */
public final class ExamTable {
    private ExamTable() {}

    /** Returns the table of rows. */
    public static Table of(List<ExamRow> rows) {
        Table table =
                new Table(
                        "family",
                        "length",
                        "pairs",
                        "questions",
                        "accuracy",
                        "low",
                        "high",
                        "majority",
                        "blind",
                        "last frame",
                        "mean",
                        "cited",
                        "cited by chance",
                        "false alarms");
        for (ExamRow row : rows) {
            table.add(
                    row.family(),
                    row.length(),
                    row.pairs(),
                    row.score().questions(),
                    row.score().accuracy(),
                    row.score().low(),
                    row.score().high(),
                    row.majority(),
                    row.blind(),
                    row.lastFrame(),
                    row.mean(),
                    row.cited(),
                    row.citedByChance(),
                    row.falseAlarms());
        }
        return table;
    }
}
