package dev.watchword.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.demo.DemoQuestion;
import dev.watchword.job.demo.DemoScript;
import dev.watchword.job.questions.Family;
import dev.watchword.job.questions.Span;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Status;
import dev.watchword.schemas.Timings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoTableTest {
    private final StringWriter written = new StringWriter();
    private final DemoTable table = new DemoTable(new PrintWriter(written));

    private List<String> lines() {
        return written.toString().lines().toList();
    }

    private static DemoQuestion question(String truth) {
        return new DemoQuestion(
                "north", new Span(20, 60), Family.NOW_ATTRIBUTE, "Is it dry?", truth, false);
    }

    private static Answer answer(Status status, String text, double firstToken) {
        Answer answer = TestAnswers.answer("q", "north", status, text, "");
        return Answer.newBuilder(answer)
                .setTimings(
                        Timings.newBuilder()
                                .setQueued(0)
                                .setFused(0)
                                .setFirstToken(firstToken)
                                .setTotal(firstToken)
                                .build())
                .build();
    }

    @Test
    void marksAnswersThatAreNotTheTruthAndCountsTheOthers() {
        table.add(question("yes"), answer(Status.OK, "Yes.", 30));
        table.add(question("yes"), answer(Status.OK, "no", 10));
        table.add(question("yes"), answer(Status.TRUNCATED, "yes yes", 20));
        table.add(question("yes"), answer(Status.FAILED, "", 40));
        table.addToNowhere("east", "Who?", answer(Status.NO_FRAMES, "", 0));
        table.summary();

        assertThat(lines().get(0)).matches("north +20-59  Is it dry\\? +Yes\\. += +yes");
        assertThat(lines().get(1)).matches("north +20-59  Is it dry\\? +no +!= +yes");
        assertThat(lines().get(2)).contains("yes yes", "!=");
        assertThat(lines().get(3)).contains("(FAILED)", "!=");
        assertThat(lines().get(4)).matches("east +none  Who\\? +\\(NO_FRAMES\\) += .*");
        assertThat(lines().get(5)).startsWith("1 of 4 answers");
        assertThat(lines().get(6)).contains("within 25 ms");
    }

    @Test
    void aQuestionThatFollowsAnotherIsSeenToDoSo() {
        table.add(
                new DemoQuestion(
                        "north", new Span(20, 60), Family.FOLLOW_UP, "And the lamp?", "on", true),
                answer(Status.OK, "on", 10));

        assertThat(lines().get(0)).matches("north +20-59  then: And the lamp\\? +on += +on");
    }

    @Test
    void keepsToTheWidthOfATerminalWithoutCuttingAQuestionOrATruth() {
        String flood = "\u001b[2J and so on and on\n".repeat(9);
        table.head();
        for (DemoQuestion question : DemoScript.standard().questions()) {
            table.add(question, answer(Status.TRUNCATED, flood, 1));
            assertThat(lines().get(lines().size() - 1))
                    .contains(question.text())
                    .endsWith(question.truth());
        }
        assertThat(lines())
                .allMatch(line -> line.length() <= DemoTable.COLUMNS)
                .noneMatch(line -> line.contains("\u001b"));
    }
}
