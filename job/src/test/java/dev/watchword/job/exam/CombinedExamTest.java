package dev.watchword.job.exam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.questions.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class CombinedExamTest {
    private static final ExamPlan PLAN =
            new ExamPlan(
                    9, Set.of(Family.WHICH_YARD), false, false, List.of(60, 90), 100, Set.of());

    /** Who watches what is asked of it. */
    private static final class Watcher implements Examinee {
        private final HandMadeExaminee hand =
                new HandMadeExaminee((stream, shown, view, question) -> stream + " " + shown);
        private final List<List<String>> groups = new ArrayList<>();
        private final List<String> questions = new ArrayList<>();

        @Override
        public Sitting sit(String stream, IntFunction<byte[]> pictures) {
            return hand.sit(stream, pictures);
        }

        @Override
        public List<String> answerTogether(List<Sitting> sittings, List<String> asked)
                throws InterruptedException {
            List<String> names = new ArrayList<>();
            for (Sitting sitting : sittings) {
                String[] seen = sitting.answer(View.HISTORY, List.of("?")).get(0).text().split(" ");
                names.add(seen[0]);
                assertThat(Integer.parseInt(seen[1])).isIn(60, 90);
            }
            groups.add(names);
            questions.addAll(asked);
            return asked.stream().map(question -> names.get(0)).toList();
        }

        @Override
        public void close() {}
    }

    @Test
    void whoAlwaysNamesTheFirstYardIsRightAsOftenAsThereAreYards() throws InterruptedException {
        Watcher watcher = new Watcher();
        List<ExamRow> rows = new ArrayList<>();
        new Exam(PLAN, () -> watcher, Optional.empty(), line -> {}, rows::add).run();

        assertThat(rows).extracting(ExamRow::family).containsExactly("which-yard", "which-yard");
        assertThat(rows).extracting(ExamRow::length).containsExactly(60, 90);
        for (ExamRow row : rows) {
            assertThat(row.score().questions()).isGreaterThan(60);
            assertThat(row.score().accuracy()).isBetween(0.1, 0.4);
            assertThat(row.majority()).hasValue(row.score().accuracy());
        }
        assertThat(watcher.groups).hasSize(50).allMatch(group -> group.size() == 4);
        assertThat(watcher.groups.stream().flatMap(List::stream))
                .as("no stream is watched twice")
                .doesNotHaveDuplicates();
        assertThat(watcher.questions).hasSizeGreaterThan(120);
    }
}
