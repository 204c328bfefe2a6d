package dev.watchword.job.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.questions.Family;
import dev.watchword.job.questions.YardQuestion;
import dev.watchword.model.training.TrainingBatch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class QuestionLayoutTest {
    private static final int FRONT = 3;

    private static final List<List<CodedQuestion>> HISTORIES =
            List.of(
                    List.of(question(100, 9), question(200, 20), question(300, 23)),
                    List.of(question(400, 20), question(500, 31), question(600, 12)));

    private final QuestionLayout layout = QuestionLayout.of(HISTORIES);
    private final TrainingBatch.Questions laid =
            layout.laid(
                    List.of(new long[] {10, 11}, new long[] {12, 13}), new float[][] {{1}, {1}});

    /** Of so many ids that count up; the last is the answer, and the first but one is mentioned. */
    private static CodedQuestion question(long first, int tokens) {
        return new CodedQuestion(
                new YardQuestion(Family.PAST, "a question", "an answer", List.of(), Set.of()),
                LongStream.range(first, first + tokens).toArray(),
                tokens - 1,
                List.of(first),
                List.of(),
                Optional.empty(),
                List.of(new CodedQuestion.Mention(Math.min(1, tokens - 1), 5)));
    }

    @Test
    void severalQuestionsShareASlot() {
        // 23 and 9, and 20; 31, and 20 and 12.
        assertThat(laid.asked()).isEqualTo(3);
        assertThat(laid.slots()).isEqualTo(2);
        assertThat(laid.length()).isEqualTo(32);
        assertThat(Arrays.stream(laid.numbers()).filter(number -> number < 0)).hasSize(13);
    }

    @Test
    void everyQuestionStandsWholeInOneSlotUnderItsNumber() {
        for (int i = 0; i < 6; i++) {
            CodedQuestion question = HISTORIES.get(i / 3).get(i % 3);
            int tokens = question.ids().length;
            int begin = LaidQuestions.begin(laid, i);
            int id = LaidQuestions.id(laid, FRONT, begin);
            assertThat(begin / laid.length()).isEqualTo((begin + tokens - 1) / laid.length());
            assertThat(Arrays.copyOfRange(laid.ids(), id, id + tokens)).isEqualTo(question.ids());
            assertThat(Arrays.stream(laid.numbers(), begin, begin + tokens)).containsOnly(i % 3L);
            assertThat(laid.isAnswer()[id + tokens - 1]).isOne();
            assertThat(laid.counts()[id + tokens - 2]).isOne();
            assertThat(layout.begins()[i]).isEqualTo(begin + tokens - 2);
            assertThat(laid.spared().places()[i]).isEqualTo(begin + tokens - 2);
            assertThat(laid.spared().ids()[i]).isEqualTo(question.ids()[0]);
            assertThat(layout.mentions()[i]).isEqualTo(begin + Math.min(1, tokens - 1));
        }
        assertThat(IntStream.range(0, laid.isAnswer().length).map(i -> laid.isAnswer()[i]).sum())
                .isEqualTo(6);
    }

    @Test
    void theNamesStandInFront() {
        int row = FRONT + laid.slots() * laid.length();
        assertThat(Arrays.copyOfRange(laid.ids(), row + 1, row + FRONT)).containsExactly(12, 13);
    }
}
