package dev.watchword.job.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchword.job.retry.ManualTimekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private final ManualTimekeeper timekeeper = new ManualTimekeeper(Instant.EPOCH);
    private final List<String> diary = new ArrayList<>();
    private final Samples samples = new Samples();
    private final Rival a = rival("a", 100);
    private final Rival b = rival("b", 200);
    private final Rival c = rival("c", 300);

    @Test
    void afterAWarmUpEveryRoundMeasuresEachRivalAndBeginsWithAnother() {
        run(new Rounds(3, Duration.ZERO), List.of(a, b, c));

        assertThat(String.join("", diary)).isEqualTo("abc" + "abc" + "bca" + "cab");
        assertThat(samples.seconds(c)).contains(new Spread(3, 0.3, 0.3, 0.3));
    }

    @Test
    void whatIsShortIsRepeatedAndMeasuredAsOneRun() {
        run(new Rounds(2, Duration.ofMillis(250)), List.of(a, c));

        assertThat(String.join("", diary)).isEqualTo("aac" + "aaac" + "caaa");
        assertThat(samples.seconds(a).orElseThrow().count()).isEqualTo(2);
        assertThat(samples.seconds(a).orElseThrow().median()).isBetween(0.0999, 0.1001);
    }

    @Test
    void partsAreTimedApart() {
        Rival answer =
                new FixedRival(
                        "answer",
                        timekeeper,
                        diary,
                        List.of(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(4)));

        run(new Rounds(1, Duration.ZERO), List.of(answer));

        assertThat(samples.seconds(answer, 1, 2).orElseThrow().median()).isEqualTo(2);
        assertThat(samples.seconds(answer, 0, 2).orElseThrow().median()).isEqualTo(3);
        assertThat(samples.seconds(answer).orElseThrow().median()).isEqualTo(7);
    }

    @Test
    void onceItIsStoppedNothingMoreRunsAndWhatWasMeasuredStays() {
        run(new Rounds(5, Duration.ZERO), List.of(a, b), () -> diary.size() == 5);

        assertThat(String.join("", diary)).isEqualTo("ab" + "ab" + "b");
        assertThat(samples.seconds(a).orElseThrow().count()).isEqualTo(1);
        assertThat(samples.seconds(b).orElseThrow().count()).isEqualTo(2);
    }

    @Test
    void whatHasNotBeenMeasuredHasNoSpread() {
        assertThat(samples.seconds(a)).isEmpty();
    }

    @Test
    void progressTellsTheRoundAndHowLongItStillTakes() {
        List<String> shown = new ArrayList<>();
        new Rounds(3, Duration.ZERO)
                .run(
                        List.of(a, b),
                        samples,
                        timekeeper,
                        (Supplier<String> line) -> shown.add(line.get()),
                        () -> false);

        assertThat(shown)
                .contains(
                        "Warming up: a",
                        "Round 1 of 3: a",
                        "Round 2 of 3, about 1 s left: b",
                        "Round 3 of 3, about 0 s left: a");
    }

    @Test
    void aRivalThatForgetsToEndAPartIsRefused() {
        Rival forgetful =
                new Rival() {
                    @Override
                    public String name() {
                        return "forgetful";
                    }

                    @Override
                    public void run(Lap lap) {}
                };

        assertThatThrownBy(() -> run(new Rounds(1, Duration.ZERO), List.of(forgetful)))
                .hasMessage("forgetful ended 0 of its 1 parts.");
    }

    private Rival rival(String name, int milliseconds) {
        return new FixedRival(name, timekeeper, diary, List.of(Duration.ofMillis(milliseconds)));
    }

    private void run(Rounds rounds, List<Rival> rivals) {
        run(rounds, rivals, () -> false);
    }

    private void run(Rounds rounds, List<Rival> rivals, BooleanSupplier stopped) {
        rounds.run(rivals, samples, timekeeper, line -> {}, stopped);
    }
}
