package dev.watchword.job.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.watchword.job.bench.Table;
import dev.watchword.job.bench.Table.Cell;
import dev.watchword.job.bench.serve.ServedQuestion.Work;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServeTableTest {
    private static final ServePlan PLAN =
            new ServePlan(2, 4, 3, Duration.ofSeconds(1), Duration.ofSeconds(10), 1);

    @Test
    void whatIsNotTheEnginesIsTheJobs() {
        ServeFigures figures =
                new ServeFigures(
                        80,
                        4,
                        List.of(
                                new ServedQuestion(100, Optional.of(new Work(10, 60)), 0),
                                new ServedQuestion(300, Optional.of(new Work(0, 100)), 2),
                                new ServedQuestion(50, Optional.empty(), 4)));

        Table table = ServeTable.of(PLAN, figures);

        assertThat(number(table, "latency", "ms p50")).isEqualTo(200);
        assertThat(number(table, "latency", "ms most")).isEqualTo(300);
        assertThat(number(table, "own", "ms most")).isEqualTo(200);
        assertThat(number(table, "own", "percent of latency"))
                .isCloseTo(100.0 * (30 + 200) / 400, within(1e-9));
        assertThat(number(table, "engine", "percent of latency")).isEqualTo(40);
        assertThat(number(table, "lag of frames", "frames p50")).isEqualTo(2);
        assertThat(number(table, "lag of frames", "ms p50")).isEqualTo(500);
        assertThat(number(table, "frames sent", "per s")).isEqualTo(8);
        assertThat(number(table, "answers without text", "count")).isEqualTo(1);
        assertThat(number(table, "answers lost", "count")).isEqualTo(1);
    }

    @Test
    void framesOfTheStreamsComeInTurnAndTheWarmUpDoesNotCount() {
        assertThat(PLAN.frames()).isEqualTo(11 * 2 * 4);
        assertThat(PLAN.questions()).isEqualTo(33);
        assertThat(PLAN.frameDue(8)).isEqualTo(1_000_000_000);
        assertThat(PLAN.stream(8)).isZero();
        assertThat(PLAN.stream(9)).isEqualTo(1);
        assertThat(PLAN.counts(PLAN.frameDue(7))).isFalse();
        assertThat(PLAN.counts(PLAN.frameDue(8))).isTrue();
    }

    @Test
    void everyQuestionIsAskedInItsOwnPartOfTheTimeButNotAlwaysAtTheSameMomentOfIt() {
        double part = 1e9 / 3;
        Set<Long> moments = new HashSet<>();
        for (int i = 0; i < 33; i++) {
            assertThat((double) PLAN.questionDue(i)).isBetween(i * part - 1, (i + 1) * part);
            moments.add((long) (PLAN.questionDue(i) - i * part) / 1_000_000);
        }
        assertThat(moments).hasSizeGreaterThan(20);
    }

    private static double number(Table table, String what, String column) {
        List<Cell> row =
                table.rows().stream()
                        .filter(each -> each.get(0).equals(new Cell.Text(what)))
                        .findFirst()
                        .orElseThrow();
        Cell cell = row.get(table.columns().indexOf(column));
        return cell instanceof Cell.Whole whole ? whole.number() : ((Cell.Decimal) cell).number();
    }
}
