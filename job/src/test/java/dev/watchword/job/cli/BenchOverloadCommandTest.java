package dev.watchword.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.watchword.model.untrained.UntrainedModel;
import dev.watchword.model.untrained.UntrainedShapes;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchOverloadCommandTest {
    @TempDir private Path directory;

    @Test
    void everyQuestionIsAnsweredUnderTwiceWhatTheJobCanDo() throws Exception {
        Path model = directory.resolve("model");
        UntrainedModel.of(UntrainedShapes.tiny(), 1).write(model);

        CommandRun run =
                CommandRun.of(
                        "bench",
                        "overload",
                        "--model=" + model,
                        "--set=model.device=cpu",
                        "--streams=2",
                        "--time=4 s",
                        "--light=2 s",
                        "--deadline=1 s",
                        "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        Map<String, JsonNode> rows = new LinkedHashMap<>();
        for (String line : run.outLines()) {
            JsonNode row = new JsonMapper().readTree(line);
            rows.put(row.get("phase").asText(), row);
        }
        assertThat(rows.keySet())
                .containsExactly(
                        "before", "overload, first half", "overload, second half", "after");
        for (JsonNode row : rows.values()) {
            assertThat(row.get("questions").asLong()).as("%s", row).isPositive();
            assertThat(row.get("unanswered").asLong()).as("%s", row).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --streams=0      | --streams must be at least 1, not 0
                    --time=0         | --time must be above 0
                    --light=0        | --light must be above 0
                    --deadline=0     | --deadline must be above 0
                    """)
    void aWrongCallIsRefusedWithItsReason(String flag, String reason) {
        CommandRun run = CommandRun.of("bench", "overload", flag);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(reason);
    }
}
