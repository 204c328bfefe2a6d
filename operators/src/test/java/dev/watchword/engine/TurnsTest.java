package dev.watchword.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TurnsTest {
    private final Turns turns = new Turns();

    @Test
    void answersHaveAsMuchTimeAsTheBatchBefore() {
        assertThat(turns.framesMay(true)).isTrue();
        turns.encoded(100);
        assertThat(turns.framesMay(true)).isFalse();
        turns.answered(60);
        assertThat(turns.framesMay(true)).isFalse();
        turns.answered(60);
        assertThat(turns.framesMay(true)).isTrue();
    }

    @Test
    void framesDoNotWaitWhereNobodyAnswers() {
        turns.encoded(100);
        assertThat(turns.framesMay(false)).isTrue();
        assertThat(turns.framesMay(true)).isTrue();
    }

    @Test
    void timeThatAnswersTookWithoutFramesIsNotHeldAgainstThem() {
        turns.answered(1_000);
        turns.encoded(100);
        assertThat(turns.framesMay(true)).isFalse();
    }
}
