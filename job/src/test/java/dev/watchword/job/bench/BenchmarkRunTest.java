package dev.watchword.job.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.retry.ManualTimekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchmarkRunTest {
    private static final Rounds ROUNDS = new Rounds(3, Duration.ZERO);

    private final ManualTimekeeper timekeeper = new ManualTimekeeper(Instant.EPOCH);
    private final List<String> diary = new ArrayList<>();
    private final List<Table> printed = new ArrayList<>();

    @Test
    void atTheEndTheTableIsPrintedOnceAndTheBenchmarkClosed() {
        BenchmarkRun run = new BenchmarkRun(benchmark(), ROUNDS, printed::add);

        run.run(timekeeper, line -> {});
        run.stop();

        assertThat(rounds()).containsExactly(3L);
        assertThat(diary).endsWith("closed");
    }

    @Test
    void stoppedBeforeItPrintsOnceWhatHasBeenMeasuredUntilThen() {
        BenchmarkRun run = new BenchmarkRun(benchmark(), ROUNDS, printed::add);

        run.run(
                timekeeper,
                line -> {
                    if (line.get().startsWith("Round 3")) {
                        run.stop();
                    }
                });

        assertThat(rounds()).containsExactly(2L);
        assertThat(diary).containsExactly("a", "a", "a", "closed");
    }

    private List<Long> rounds() {
        return printed.stream()
                .map(table -> ((Table.Cell.Whole) table.rows().get(0).get(0)).number())
                .toList();
    }

    private Benchmark benchmark() {
        Rival rival = new FixedRival("a", timekeeper, diary, List.of(Duration.ofSeconds(1)));
        return new Benchmark() {
            @Override
            public List<String> description() {
                return List.of();
            }

            @Override
            public List<Rival> rivals() {
                return List.of(rival);
            }

            @Override
            public Table table(Samples samples) {
                Table table = new Table("rounds");
                samples.seconds(rival).ifPresent(seconds -> table.add(seconds.count()));
                return table;
            }

            @Override
            public TablePlot plot() {
                return new TablePlot.Bars("", "", "rounds", List.of());
            }

            @Override
            public void close() {
                diary.add("closed");
            }
        };
    }
}
