package dev.watchword.job.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.train.Stage.Lesson;
import dev.watchword.model.training.BatchResult;
import dev.watchword.model.training.SideWeights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingLogTest {
    private static final BatchResult RESULT =
            new BatchResult(
                    3,
                    1,
                    2,
                    new float[] {1, 0},
                    new float[] {0.75f, 0.25f},
                    0.5f,
                    0.125f,
                    0.25f,
                    0.375f,
                    0.75f,
                    0.625f);

    @TempDir private Path folder;

    @Test
    void tellsOfAnswersAndEventsOnlyWhereThereAreSome() {
        String seen = ", states 2.0000 nats, 50.00% right, the worst 25.0%";
        String answered = ", answers 1.0000 nats and 50.0% right (order 0, past 100)";
        String noticed = ", events 0.5000 nats and 12.5% told, moments 37.5% and order 75.0% told";

        assertThat(lines())
                .containsExactly(
                        "seeing: step 1 of 1, 7 s, loss 3.0000" + seen + ", norm 4.00",
                        "greys: step 1 of 1, 7 s, loss 3.0000" + seen + ", norm 4.00",
                        "answering: step 1 of 1, 7 s, loss 3.0000"
                                + answered
                                + seen
                                + ", norm 4.00",
                        "noticing: step 1 of 1, 7 s, loss 3.0000"
                                + answered
                                + seen
                                + noticed
                                + ", norm 4.00",
                        "remembering: step 1 of 1, 7 s, loss 3.0000"
                                + answered
                                + seen
                                + noticed
                                + ", norm 4.00");
    }

    @Test
    void ofSeveralYardsItTellsWhichWereFound() {
        List<String> lines = new ArrayList<>();
        Stage stage =
                new Stage(Lesson.REMEMBERING, Set.of("decoder"), 1, 1, new SideWeights(0, 0, 1, 1));
        TrainingLog log = new TrainingLog(folder, lines::add);
        log.batch(List.of("which-yard", "which-yard"), RESULT);
        log.step(stage, 0, 7, 4);
        assertThat(lines.get(0))
                .contains("(which-yard 50)")
                .contains(" and yards 62.5% told, norm");
        assertThat(lines.get(0))
                .contains(", moments in several yards ")
                .doesNotContain(", moments and order");
    }

    @Test
    void batchesThatAskNothingAreNoWrongAnswers() {
        List<String> lines = new ArrayList<>();
        TrainingLog log = new TrainingLog(folder, lines::add);
        Stage stage = new Stage(Lesson.ANSWERING, Set.of(), 2, 1e-3, new SideWeights(1, 1, 0, 0));
        log.batch(List.of("past", "order"), RESULT);
        log.step(stage, 0, 7, 4);
        log.batch(List.of(), RESULT);
        log.step(stage, 1, 8, 4);
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0))
                .contains("answers 1.0000 nats and 50.0% right (order 0, past 100)");
    }

    @Test
    void theTableHasTheSameColumnsForEveryStage() throws Exception {
        lines();

        String unasked = ",1,7.0,3.00000,0.00000,0.00000,2.00000,0.50000";
        String numbers = ",1,7.0,3.00000,1.00000,0.50000,2.00000,0.50000";
        assertThat(Files.readAllLines(folder.resolve(TrainingLog.TABLE)))
                .containsExactly(
                        "seeing" + unasked,
                        "greys" + unasked,
                        "answering" + numbers,
                        "noticing" + numbers,
                        "remembering" + numbers);
    }

    /** What is told of a stage of one step for each lesson. */
    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        TrainingLog log = new TrainingLog(folder, lines::add);
        for (Lesson lesson : Lesson.values()) {
            List<String> asked = lesson.asks() ? List.of("past", "order") : List.of();
            log.batch(asked, RESULT);
            log.step(new Stage(lesson, Set.of(), 1, 1e-3, new SideWeights(1, 1, 1, 1)), 0, 7, 4);
        }
        return lines;
    }
}
