package dev.watchword.job.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class TableTest {
    private final Table table = new Table("what", "batch", "frames per s", "GFLOP");

    @Test
    void columnsAreAlignedWithWordsToTheLeftAndNumbersToTheRight() {
        table.add("network", 16, 12.345, Optional.of(0.82124));
        table.add("preprocessing", 1, 1234.5, Optional.empty());

        assertThat(TextTable.lines(table))
                .containsExactly(
                        "                      frames",
                        "                         per",
                        "what           batch       s  GFLOP",
                        "network           16    12.3  0.821",
                        "preprocessing      1    1235      -");
    }

    @Test
    void numbersHaveThreeDigitsOrAllBeforeThePoint() {
        for (double number : new double[] {0.000_12, 0.9996, 9.996, 99.96, 123_456.7}) {
            table.add("", 1, number, 0.5);
        }

        assertThat(TextTable.lines(table).stream().skip(3).map(line -> line.trim().split(" +")[1]))
                .containsExactly("0.000", "1.00", "10.0", "100", "123457");
    }

    @Test
    void jsonHasAnObjectARowNamedByTheColumnsWithNumbersAsNumbers() {
        table.add("network", 16, 12.345678912, Optional.of(0.82124));
        table.add("say \"no\"", 1L, 0.1 + 0.2, Optional.empty());

        assertThat(JsonLines.lines(table))
                .containsExactly(
                        "{\"what\":\"network\",\"batch\":16,\"frames_per_s\":12.3457,\"gflop\":0.82124}",
                        "{\"what\":\"say \\\"no\\\"\",\"batch\":1,\"frames_per_s\":0.3,\"gflop\":null}");
    }

    @Test
    void whatIsNoNumberIsNullInJson() {
        table.add("network", 1, Double.NaN, Double.POSITIVE_INFINITY);

        assertThat(JsonLines.lines(table).get(0)).endsWith("\"frames_per_s\":null,\"gflop\":null}");
    }

    @Test
    void aRowNeedsAValueForEveryColumn() {
        assertThatThrownBy(() -> table.add("network", 1)).hasMessageContaining("2 values for 4");
    }
}
