package dev.watchword.job.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void doublesUpToTheLongestWait() {
        Backoff backoff = new Backoff(SECOND, SECOND.multipliedBy(30), 0);
        assertThat(IntStream.rangeClosed(1, 8).mapToObj(i -> backoff.afterAttempt(i, new Random())))
                .extracting(Duration::toSeconds)
                .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
        assertThat(backoff.afterAttempt(Integer.MAX_VALUE, new Random()))
                .isEqualTo(SECOND.multipliedBy(30));
    }

    @Test
    void jitterShortensByAtMostItsPart() {
        Backoff backoff = new Backoff(SECOND, SECOND, 0.25);
        Random random = new Random(1);
        assertThat(IntStream.range(0, 1000).mapToObj(i -> backoff.afterAttempt(1, random)))
                .allMatch(wait -> wait.toMillis() >= 750 && wait.toMillis() <= 1000)
                .anyMatch(wait -> wait.toMillis() < 800)
                .anyMatch(wait -> wait.toMillis() > 950);
    }

    @Test
    void refusesWhatCannotBeWaited() {
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, SECOND, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Backoff(SECOND, Duration.ofMillis(1), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Backoff(SECOND, SECOND, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysAWaitInSecondsAndTenths() {
        assertThat(Backoff.inWords(Duration.ofMillis(1960))).isEqualTo("2 s");
        assertThat(Backoff.inWords(Duration.ofMillis(1700))).isEqualTo("1.7 s");
        assertThat(Backoff.inWords(Duration.ofMillis(3))).isEqualTo("0.1 s");
    }
}
