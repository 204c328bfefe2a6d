package dev.watchword.operators;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShortenedTest {
    @Test
    void noTextOfASenderBeginsALineOfALog() {
        String forged = "q1\r\n2026-11-26 ERROR all is lost\u001b[2J\u0085\u2028\u2029\0";

        assertThat(Shortened.logged(forged)).isEqualTo("q1??2026-11-26 ERROR all is lost?[2J????");
        assertThat(new QuestionQueue.Ticket("door", "q\n1")).hasToString("q?1 of stream door");
    }

    @Test
    void noTextOfASenderFillsALog() {
        assertThat(Shortened.logged("x".repeat(10_000))).hasSize(200).endsWith("x...");
        assertThat(Shortened.reason("x".repeat(10_000))).hasSize(1_000).endsWith("x...");
    }
}
