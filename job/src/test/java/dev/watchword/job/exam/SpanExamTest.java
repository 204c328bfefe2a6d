package dev.watchword.job.exam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanExamTest {
    private static final int LENGTH = 240;

    /** Says "yes" about spans, and "no" about all that it has seen. */
    private static final class Contrary extends StrictExaminee {
        private final List<int[]> spans = new ArrayList<>();
        private final List<Integer> seen = new ArrayList<>();

        @Override
        public Sitting sit(String stream, IntFunction<byte[]> pictures) {
            return new StrictSitting() {
                private int shown;

                @Override
                public void show(int frames) {
                    shown = frames;
                }

                @Override
                public List<Reply> answer(View view, List<String> questions) {
                    seen.add(shown);
                    return all("no", questions);
                }

                @Override
                public List<Reply> answerWithin(int from, int to, List<String> questions) {
                    assertThat(shown).isEqualTo(LENGTH);
                    spans.add(new int[] {from, to});
                    return all("yes", questions);
                }
            };
        }
    }

    @Test
    void asksTheSameOfASpanAndOfThatSpanAlone() throws InterruptedException {
        Contrary examinee = new Contrary();
        List<ExamRow> rows = new ArrayList<>();
        run(examinee, 200, rows, 100, LENGTH);

        assertThat(rows)
                .as("a history of 100 frames has no middle")
                .extracting(ExamRow::length)
                .containsOnly(LENGTH);
        assertThat(rows)
                .extracting(ExamRow::family)
                .containsExactly(
                        "now-attribute-in-span",
                        "now-attribute-of-span-alone",
                        "now-count-in-span",
                        "now-count-of-span-alone",
                        "past-in-span",
                        "past-of-span-alone");
        double yes = rows.get(4).score().accuracy();
        double no = rows.get(5).score().accuracy();
        assertThat(yes).isBetween(0.2, 0.6);
        assertThat(no).isBetween(0.2, 0.6);
        assertThat(yes + no).isLessThanOrEqualTo(1);
        assertThat(rows.get(5).score().questions()).isEqualTo(rows.get(4).score().questions());

        assertThat(examinee.spans).hasSize(6 * 24);
        for (int i = 0; i < examinee.spans.size(); i++) {
            int[] span = examinee.spans.get(i);
            assertThat(span[0]).isGreaterThanOrEqualTo(LENGTH / 10);
            assertThat(span[1]).isLessThan(LENGTH * 9 / 10);
            assertThat(span[1] - span[0]).isBetween(30, LENGTH / 4);
            assertThat(examinee.seen.get(i)).isEqualTo(span[1] - span[0]);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "4, 4", "40, 36", "143, 138", "144, 144", "287, 144"})
    void asksAtMostAsManyQuestionsOfAFamilyAsItShould(int questions, int spans)
            throws InterruptedException {
        Contrary examinee = new Contrary();
        List<ExamRow> rows = new ArrayList<>();
        run(examinee, questions, rows, LENGTH);

        assertThat(examinee.spans).hasSize(spans);
        assertThat(rows)
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.score().questions()).isBetween(1, questions));
    }

    private static void run(
            Examinee examinee, int questions, List<ExamRow> rows, Integer... lengths)
            throws InterruptedException {
        ExamPlan plan =
                new ExamPlan(9, Set.of(), true, false, List.of(lengths), questions, Set.of());
        new Exam(plan, () -> examinee, Optional.empty(), line -> {}, rows::add).run();
    }
}
