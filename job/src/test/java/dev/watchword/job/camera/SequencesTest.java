package dev.watchword.job.camera;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.retry.ManualTimekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SequencesTest {

    private final ManualTimekeeper timekeeper =
            new ManualTimekeeper(Instant.ofEpochMilli(1_700_000_000_000L));

    @Test
    void beginsWithTheEpochMillisecondAndRisesByOne() throws Exception {
        Sequences sequences = new Sequences(OptionalLong.empty(), timekeeper);
        assertThat(sequences.next()).isEqualTo(1_700_000_000_000L);
        timekeeper.advance(Duration.ofSeconds(5));
        assertThat(sequences.next()).isEqualTo(1_700_000_000_001L);
        assertThat(timekeeper.sleeps()).isEmpty();
    }

    @Test
    void aCameraThatStartsAgainNeverRepeatsOne() throws Exception {
        Sequences before = new Sequences(OptionalLong.empty(), timekeeper);
        long last = 0;
        for (int count = 0; count < 5000; count++) {
            last = before.next();
        }
        timekeeper.advance(Duration.ofMillis(1));
        assertThat(new Sequences(OptionalLong.empty(), timekeeper).next()).isGreaterThan(last);
    }

    @Test
    void beginsWhereItIsTold() throws Exception {
        Sequences sequences = new Sequences(OptionalLong.of(41), timekeeper);
        assertThat(sequences.next()).isEqualTo(41);
        assertThat(sequences.next()).isEqualTo(42);
    }
}
