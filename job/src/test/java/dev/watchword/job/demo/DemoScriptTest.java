package dev.watchword.job.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.questions.Family;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoScriptTest {
    private final DemoScript script = DemoScript.standard();

    @Test
    void asksEveryFamilyAndEveryCameraAndNothingTwice() {
        List<DemoQuestion> questions = script.questions();

        assertThat(questions)
                .extracting(DemoQuestion::family)
                .containsAll(Family.BY_THEMSELVES)
                .contains(Family.FOLLOW_UP)
                .contains(Family.WAIT_UNTIL);
        assertThat(questions).extracting(DemoQuestion::text).doesNotHaveDuplicates();
        assertThat(questions)
                .extracting(DemoQuestion::stream)
                .hasSameElementsAs(script.cameras().stream().map(DemoCamera::stream).toList());
    }

    @Test
    void asksInTheOrderInWhichTheFramesCome() {
        assertThat(script.questions())
                .extracting(question -> question.frames().to())
                .isSorted()
                .allMatch(to -> to <= 500);
    }

    @Test
    void noSingleAnswerIsTrueOfMostQuestions() {
        List<String> truths = script.questions().stream().map(DemoQuestion::truth).toList();

        assertThat(truths)
                .allSatisfy(
                        truth ->
                                assertThat(truths.stream().filter(truth::equals).count())
                                        .isLessThanOrEqualTo(truths.size() / 3));
    }

    @Test
    void theSameIsAskedEveryTime() {
        assertThat(DemoScript.standard().questions()).isEqualTo(script.questions());
    }
}
