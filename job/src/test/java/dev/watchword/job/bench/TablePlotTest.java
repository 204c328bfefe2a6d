package dev.watchword.job.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TablePlotTest {
    private final Table table = new Table("what", "answers", "rate", "limit");

    @Test
    void rowsWithTheSameWordsAreOneLineAndRowsWithoutNumbersNone() {
        table.add("float32", 1, 10.0, 20.0);
        table.add("float32", 2, 15.0, Optional.empty());
        table.add("copy", Optional.empty(), 3.0, Optional.empty());
        TablePlot plot =
                new TablePlot.Lines(
                        "t", "answers", List.of("rate", "limit"), true, List.of("what"));

        assertThat(plot.of(table).keys()).containsExactly("float32", "float32, limit");
    }

    @Test
    void aBarWithoutANumberIsLeftOut() {
        table.add("save", 1, 10.0, 20.0);
        table.add("part", 1, Optional.empty(), Optional.empty());
        table.add("read", 1, 5.0, Optional.empty());
        TablePlot plot = new TablePlot.Bars("t", "ms", "what", List.of("rate", "limit"));

        assertThat(plot.of(table).names()).containsExactly("save", "read");
        assertThat(plot.of(table).keys()).containsExactly("rate", "limit");
    }
}
