package dev.watchword.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.model.untrained.UntrainedModel;
import dev.watchword.model.untrained.UntrainedShapes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvalCommandTest {
    @TempDir private static Path model;

    @BeforeAll
    static void writeModel() throws Exception {
        UntrainedModel.of(UntrainedShapes.tiny(), 3).write(model);
    }

    private static CommandRun eval(String... more) {
        List<String> arguments = new ArrayList<>(List.of("eval", "--model", model.toString()));
        arguments.addAll(Arrays.asList(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private static CommandRun small(String families, String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--direct",
                                "--seed",
                                "4",
                                "--families",
                                families,
                                "--lengths",
                                "16",
                                "--questions",
                                "2",
                                "--set",
                                "model.threads=1"));
        arguments.addAll(Arrays.asList(more));
        return eval(arguments.toArray(String[]::new));
    }

    @Test
    void printsOneObjectALineForEachRow() {
        CommandRun run = small("now-count,isolation", "--json");

        assertThat(run.exitCode()).isZero();
        assertThat(run.outLines()).hasSize(3);
        assertThat(run.outLines().get(0))
                .startsWith(
                        "{\"family\":\"now-count\",\"length\":1,\"pairs\":\"all\",\"questions\":2,\"accuracy\":")
                .contains("\"low\":", "\"high\":", "\"majority\":", "\"blind\":", "\"mean\":null");
        assertThat(run.outLines().get(1)).contains("\"length\":16", "\"last_frame\":");
        assertThat(run.outLines().get(2)).contains("\"isolation\"", "\"accuracy\":1.0");
    }

    @Test
    void printsATable() {
        CommandRun run = small("now-count");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("seed 4", "family", "accuracy", "false", "now-count");
    }

    @Test
    void saysInALineWhatIsWrong() {
        assertWrong(eval("--seed", "1", "--families", "colours"), "now-attribute, now-count");
        assertWrong(eval("--seed", "1", "--lengths", "5"), "16 to 150000 frames, not 5");
        assertWrong(eval("--seed", "1", "--questions", "0"), "There must be a question");
        assertWrong(eval("--seed", "1", "--left-out", "vans"), "'red van', not 'vans'");
        assertWrong(
                eval("--seed", "1", "--left-out", "brown car"),
                "no brown car comes to any yard, only red car, yellow car");
        assertWrong(eval(), "--seed");
    }

    private static void assertWrong(CommandRun run, String says) {
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(says);
    }
}
