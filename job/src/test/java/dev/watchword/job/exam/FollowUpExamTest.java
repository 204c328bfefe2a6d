package dev.watchword.job.exam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.questions.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class FollowUpExamTest {
    private static final int QUESTIONS = 24;

    /** Says "yes" to what follows, and nothing to what stands by itself. */
    private static final class Follower extends StrictExaminee {
        private final List<String> following = new ArrayList<>();
        private final List<String> alone = new ArrayList<>();

        @Override
        public Sitting sit(String stream, IntFunction<byte[]> pictures) {
            return new StrictSitting() {
                @Override
                public void show(int frames) {
                    assertThat(frames).isEqualTo(60);
                }

                @Override
                public List<Reply> answer(View view, List<String> questions) {
                    alone.addAll(questions);
                    return all("", questions);
                }

                @Override
                public List<String> answerFollowUps(List<FollowUp> questions) {
                    return questions.stream()
                            .peek(each -> assertThat(each.earlier()).isNotBlank())
                            .map(FollowUp::question)
                            .peek(following::add)
                            .map(question -> "yes")
                            .toList();
                }
            };
        }
    }

    @Test
    void asksTheSameBehindAnotherQuestionAndByItself() throws InterruptedException {
        Follower examinee = new Follower();
        List<ExamRow> rows = new ArrayList<>();
        ExamPlan plan =
                new ExamPlan(
                        9,
                        Set.of(Family.FOLLOW_UP),
                        false,
                        false,
                        List.of(60),
                        QUESTIONS,
                        Set.of());
        new Exam(plan, () -> examinee, Optional.empty(), line -> {}, rows::add).run();

        assertThat(rows)
                .extracting(ExamRow::family)
                .containsExactly("follow-up", "follow-up-by-itself");
        assertThat(rows).allMatch(row -> row.score().questions() == QUESTIONS);
        assertThat(rows.get(0).score().right()).isBetween(3, QUESTIONS - 3);
        assertThat(rows.get(1).score().right()).isZero();
        assertThat(examinee.following).hasSize(QUESTIONS).isEqualTo(examinee.alone);
        assertThat(plan.missing(rows)).isEmpty();
    }
}
