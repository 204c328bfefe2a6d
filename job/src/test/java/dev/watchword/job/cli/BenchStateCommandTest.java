package dev.watchword.job.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchStateCommandTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    @TempDir private Path directory;
    @TempDir private Path pictures;

    @Test
    void tellsWhatEveryStateTakesAndHowLongSavingAndRestoringTakes() throws IOException {
        CommandRun run =
                CommandRun.of(
                        "bench",
                        "state",
                        "--streams=2",
                        "--frames=40",
                        "--appended=5",
                        "--checkpoints=2",
                        "--token-bytes=1000",
                        "--feature-bytes=2000",
                        "--directory=" + directory,
                        "--plot=" + pictures.resolve("state.png"),
                        "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        Map<String, JsonNode> rows = rows(run);
        assertThat(rows.keySet())
                .containsExactly(
                        "checkpoint",
                        "checkpoint: history",
                        "checkpoint: tokens",
                        "checkpoint: times",
                        "checkpoint: head",
                        "checkpoint: keyframes",
                        "checkpoint: rest",
                        "next ones",
                        "next ones: history",
                        "next ones: tokens",
                        "next ones: times",
                        "next ones: head",
                        "next ones: keyframes",
                        "next ones: rest",
                        "smallest next one",
                        "largest next one",
                        "restore",
                        "read all tokens",
                        "restore and read",
                        "plain file written",
                        "plain file written, safe",
                        "plain file read");
        assertThat(rows.get("checkpoint").fieldNames())
                .toIterable()
                .containsExactly(
                        "what",
                        "frames",
                        "mb",
                        "bytes_per_frame",
                        "ratio_to_token",
                        "entries",
                        "removals",
                        "ms",
                        "mb_per_s",
                        "percent_of_file");
        assertThat(number(rows, "checkpoint: tokens", "entries")).isEqualTo(2 * 40);
        assertThat(number(rows, "next ones: tokens", "entries")).isEqualTo(2 * 2 * 5);
        assertThat(number(rows, "checkpoint: tokens", "ratio_to_token"))
                .as("random bytes do not get smaller, and little comes beside them")
                .isBetween(1.0, 1.2);
        assertThat(
                        number(rows, "checkpoint: history", "mb")
                                + number(rows, "checkpoint: keyframes", "mb"))
                .isCloseTo(number(rows, "checkpoint", "mb"), within(1e-5));
        assertThat(number(rows, "checkpoint: keyframes", "entries")).isGreaterThanOrEqualTo(2 * 24);
        assertThat(number(rows, "read all tokens", "mb"))
                .isCloseTo(2 * 50 * 1000 / 1e6, within(1e-9));
        assertThat(number(rows, "restore and read", "ms"))
                .isCloseTo(
                        number(rows, "restore", "ms") + number(rows, "read all tokens", "ms"),
                        within(0.1));
        assertThat(number(rows, "plain file read", "mb_per_s")).isPositive();
        assertThat(directory).as("nothing is left there").isEmptyDirectory();
        assertThat(ImageIO.read(pictures.resolve("state.png").toFile()).getWidth()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --streams=0               | --streams must be at least 1, not 0
                    --frames=0                | --frames must be at least 1, not 0
                    --appended=0              | --appended must be at least 1, not 0
                    --checkpoints=0           | --checkpoints must be at least 1, not 0
                    --token-bytes=0           | --token-bytes must be at least 1, not 0
                    --directory=/not/there    | --directory /not/there is no directory
                    """)
    void aWrongCallIsRefusedWithItsReason(String flag, String reason) {
        CommandRun run = CommandRun.of("bench", "state", flag);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(reason);
    }

    private static double number(Map<String, JsonNode> rows, String what, String key) {
        return rows.get(what).get(key).asDouble();
    }

    private static Map<String, JsonNode> rows(CommandRun run) throws IOException {
        Map<String, JsonNode> rows = new LinkedHashMap<>();
        for (String line : run.outLines()) {
            JsonNode row = MAPPER.readTree(line);
            rows.put(row.get("what").asText(), row);
        }
        return rows;
    }
}
