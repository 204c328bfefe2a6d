package dev.watchword.job.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ToldStreamsTest {
    private static final long MINUTE = 60_000;

    private final ToldStreams told = new ToldStreams();

    @Test
    void aStreamIsToldOfAtItsFirstFrameAndOnceAMinute() {
        assertThat(told.isDue("yard", 5)).isTrue();
        assertThat(told.isDue("gate", 6)).isTrue();
        assertThat(told.isDue("yard", 6)).isFalse();
        assertThat(told.isDue("yard", 4 + MINUTE)).isFalse();
        assertThat(told.isDue("yard", 5 + MINUTE)).isTrue();
        assertThat(told.isDue("yard", 6 + MINUTE)).isFalse();
        assertThat(told.isDue("gate", 6 + MINUTE)).isTrue();
    }

    @Test
    void ofManyStreamsTheOneToldOfLongestAgoIsForgotten() {
        for (int i = 0; i < 10_001; i++) {
            assertThat(told.isDue("s" + i, i)).isTrue();
        }

        assertThat(told.isDue("s1", 10_001)).isFalse();
        assertThat(told.isDue("s0", 10_001)).isTrue();
    }
}
