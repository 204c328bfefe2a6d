package dev.watchword.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.demo.DemoCamera;
import dev.watchword.job.demo.DemoQuestion;
import dev.watchword.job.demo.DemoScript;
import dev.watchword.job.questions.Family;
import dev.watchword.job.questions.Span;
import dev.watchword.job.yard.ScriptedYard;
import dev.watchword.model.untrained.UntrainedModel;
import dev.watchword.model.untrained.UntrainedShapes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    @TempDir private Path model;

    @Test
    void asksTheRealJobAndSaysThatGibberishIsNotTheTruth() throws Exception {
        UntrainedModel.of(UntrainedShapes.tiny(), 3).write(model);
        DemoScript script =
                new DemoScript(
                        List.of(new DemoCamera("north", 6, ScriptedYard.day(6))),
                        List.of(
                                question(0, 8, false),
                                question(4, 12, false),
                                question(4, 12, true)));
        StringWriter written = new StringWriter();

        int status =
                new Demo(new PrintWriter(written), script).run(ModelFlag.of(Optional.of(model)));

        assertThat(status).isEqualTo(ExitCode.OK);
        assertThat(written.toString().lines())
                .allMatch(line -> line.length() <= DemoTable.COLUMNS)
                .anyMatch(line -> line.matches("north +0-7 +Is it dry\\? .* != yes"))
                .anyMatch(line -> line.matches("north +4-11 +Is it dry\\? .* != yes"))
                .anyMatch(line -> line.matches("east +none .*\\(NO_FRAMES\\) += .*"))
                .anyMatch(line -> line.matches("north +4-11 +then: Is it dry\\? .* != yes"))
                .anyMatch(line -> line.startsWith("0 of 3 answers"));
    }

    private static DemoQuestion question(int from, int to, boolean follows) {
        return new DemoQuestion(
                "north", new Span(from, to), Family.NOW_ATTRIBUTE, "Is it dry?", "yes", follows);
    }
}
