package dev.watchword.job.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.watchword.model.untrained.UntrainedModel;
import dev.watchword.model.untrained.UntrainedShapes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchServeCommandTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    @TempDir private Path folder;

    @Test
    void everyQuestionIsAnsweredAndItsLatencyIsTakenApart() throws IOException {
        Path model = folder.resolve("tiny");
        UntrainedModel.of(UntrainedShapes.tiny(), 1).write(model);
        Path plot = folder.resolve("serve.png");

        CommandRun run =
                CommandRun.of(
                        "bench",
                        "serve",
                        "--model=" + model,
                        "--set=model.device=cpu",
                        "--streams=2",
                        "--fps=2",
                        "--questions=4",
                        "--time=4 s",
                        "--warm-up=1 s",
                        "--plot=" + plot,
                        "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        Map<String, JsonNode> rows = rows(run);
        assertThat(rows.keySet())
                .containsExactly(
                        "latency",
                        "own",
                        "waiting for the engine",
                        "engine",
                        "lag of frames",
                        "frames sent",
                        "questions asked",
                        "answers without text",
                        "answers lost");
        assertThat(rows.get("latency").fieldNames())
                .toIterable()
                .containsExactly(
                        "what",
                        "count",
                        "per_s",
                        "ms_p50",
                        "ms_p99",
                        "ms_most",
                        "percent_of_latency",
                        "frames_p50",
                        "frames_p99");
        assertThat(rows.get("questions asked").get("count").asInt()).isEqualTo(16);
        assertThat(rows.get("frames sent").get("count").asInt()).isEqualTo(16);
        assertThat(rows.get("latency").get("count").asInt()).isEqualTo(16);
        assertThat(rows.get("answers without text").get("count").asInt()).isZero();
        assertThat(rows.get("answers lost").get("count").asInt()).isZero();
        assertThat(
                        percent(rows, "own")
                                + percent(rows, "waiting for the engine")
                                + percent(rows, "engine"))
                .isCloseTo(100, withinPercentage(0.01));
        assertThat(rows.get("lag of frames").get("frames_p99").asDouble()).isNotNegative();
        assertThat(ImageIO.read(plot.toFile()).getWidth()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --streams=0               | --streams must be at least 1, not 0
                    --fps=0                   | --fps must be above 0
                    --questions=-1            | --questions must be above 0
                    --time=0                  | --time must be above 0
                    --plot=/not/there.png     | --plot /not/there.png: that is no file in a directory
                    """)
    void aWrongCallIsRefusedWithItsReason(String flag, String reason) {
        CommandRun run = CommandRun.of("bench", "serve", flag);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(reason);
    }

    private static double percent(Map<String, JsonNode> rows, String what) {
        return rows.get(what).get("percent_of_latency").asDouble();
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
