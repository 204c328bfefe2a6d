package dev.watchword.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.retry.ManualTimekeeper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private final ManualTimekeeper timekeeper = new ManualTimekeeper(Instant.EPOCH);
    private final StringWriter text = new StringWriter();

    @Test
    void onATerminalALineIsWrittenOverTheLast() {
        try (ProgressLine progress = line(true)) {
            timekeeper.advance(Duration.ofMillis(200));
            progress.show(() -> "1 frame");
            progress.show(() -> "too soon");
            timekeeper.advance(Duration.ofMillis(200));
            progress.show(() -> "2 frames");
            progress.note("The camera is gone.");
            progress.showNow("3 frames");
        }

        assertThat(text)
                .hasToString(
                        "\r\u001b[K1 frame\r\u001b[K2 frames\r\u001b[KThe camera is gone.\n\r\u001b[K3 frames\n");
    }

    @Test
    void elsewhereALineIsWrittenEveryFewSeconds() {
        try (ProgressLine progress = line(false)) {
            progress.show(() -> "at once");
            for (int second = 1; second <= 11; second++) {
                timekeeper.advance(Duration.ofSeconds(1));
                int frames = second;
                progress.show(() -> frames + " frames");
            }
            progress.note("The camera is gone.");
            progress.showNow("12 frames");
        }

        assertThat(text).hasToString("5 frames\n10 frames\nThe camera is gone.\n12 frames\n");
    }

    private ProgressLine line(boolean terminal) {
        return new ProgressLine(new PrintWriter(text), terminal, timekeeper);
    }
}
