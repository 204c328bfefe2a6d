package dev.watchword.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.watchword.job.questions.Lexicon;
import dev.watchword.job.service.BundledWeights;
import dev.watchword.model.LlavaMini;
import dev.watchword.model.ModelDirectory;
import dev.watchword.model.untrained.WordTokenizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The weights that come with the program: what is measured here is far below what they reach. */
class BundledModelTest {
    @Test
    void isWholeAndSmall() {
        ModelDirectory model = ModelDirectory.open(BundledWeights.ofThisProgram().directory());

        Map<String, Long> parameters = LlavaMini.inspect(model);

        assertThat(parameters.values()).allMatch(count -> count > 0);
        assertThat(2 * parameters.values().stream().mapToLong(Long::longValue).sum())
                .as("bytes")
                .isLessThan(25_000_000);
        assertThat(model.config().visionTokens()).isEqualTo(1);
        assertThat(model.config().language().vocabulary())
                .as("A network is trained for the words of the lexicon, and for no others.")
                .isEqualTo(new WordTokenizer(Lexicon.pieces()).vocabulary());
    }

    @Test
    void answersAboutYardsThatItHasNeverSeen() throws Exception {
        CommandRun run =
                CommandRun.of(
                        "eval",
                        "--direct",
                        "--json",
                        "--seed=77",
                        "--families=now-attribute,past,unanswerable",
                        "--lengths=100",
                        "--questions=60",
                        "--set",
                        "model.threads=1");

        assertThat(run.exitCode()).isZero();
        assertThat(run.outLines()).hasSize(4);
        for (String line : run.outLines()) {
            JsonNode row = new JsonMapper().readTree(line);
            assertThat(row.get("accuracy").asDouble())
                    .as(line)
                    .isGreaterThan(0.8)
                    .isGreaterThan(row.get("blind").asDouble() + 0.1);
        }
    }

    /** Spans of long histories, asked about in scopes, and four streams asked together. */
    @Test
    void answersThroughTheJobAsItDoesAlone() throws Exception {
        List<String> exam =
                List.of(
                        "eval",
                        "--json",
                        "--seed=77",
                        "--families=span,which-yard",
                        "--lengths=200",
                        "--questions=48",
                        "--set=model.threads=1");
        CommandRun throughTheJob = CommandRun.of(exam.toArray(String[]::new));
        List<String> direct = new ArrayList<>(exam);
        direct.add("--direct");
        CommandRun alone = CommandRun.of(direct.toArray(String[]::new));

        assertThat(alone.exitCode()).isZero();
        assertThat(alone.outLines()).hasSize(7);
        assertThat(throughTheJob.outLines()).isEqualTo(alone.outLines());
        Map<String, Double> accuracies = new HashMap<>();
        for (String line : alone.outLines()) {
            JsonNode row = new JsonMapper().readTree(line);
            accuracies.put(row.get("family").asText(), row.get("accuracy").asDouble());
        }
        assertThat(accuracies.get("past-in-span")).isGreaterThan(0.8);
        assertThat(accuracies.get("now-attribute-in-span")).isGreaterThan(0.8);
        assertThat(accuracies.get("which-yard")).as("by chance 0.25").isGreaterThan(0.5);
    }
}
