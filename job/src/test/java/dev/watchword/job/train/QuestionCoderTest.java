package dev.watchword.job.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.questions.Family;
import dev.watchword.job.questions.HandMadeYard;
import dev.watchword.job.questions.QuestionWriter;
import dev.watchword.job.questions.Truth;
import dev.watchword.job.questions.YardQuestion;
import dev.watchword.job.service.BundledWeights;
import dev.watchword.job.yard.Colour;
import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.Pair;
import dev.watchword.job.yard.Population;
import dev.watchword.job.yard.ScriptedYard;
import dev.watchword.job.yard.YardOptions;
import dev.watchword.model.ModelDirectory;
import dev.watchword.model.text.TextModel;
import dev.watchword.model.text.Turn;
import dev.watchword.model.untrained.WordTokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is learnt must be what the job asks. */
class QuestionCoderTest {
    private static final int SECONDS = 60;

    private static YardQuestion followUp() {
        Truth truth = Truth.of(ScriptedYard.of(5, SECONDS, YardOptions.of(5)), 0, SECONDS);
        QuestionWriter writer = new QuestionWriter(Population.allPairs());
        SplittableRandom random = new SplittableRandom(5);
        return IntStream.range(0, 100)
                .mapToObj(draw -> writer.ask(Family.FOLLOW_UP, truth, random))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aFollowUpStandsBehindTheQuestionBeforeItAndItsAnswer() {
        ModelDirectory model = ModelDirectory.open(BundledWeights.ofThisProgram().directory());
        YardQuestion question = followUp();
        YardQuestion earlier = question.earlier().orElseThrow();
        try (TextModel text = TextModel.open(model, "auto");
                QuestionCoder coder = new QuestionCoder(model, Set.of())) {
            CodedQuestion coded = coder.code(question);

            long[] asked =
                    text.prompt(
                                    List.of(new Turn(earlier.text(), earlier.answer())),
                                    question.text())
                            .after();
            assertThat(Arrays.copyOf(coded.ids(), coded.answerAt())).isEqualTo(asked);
            long[] answer = Arrays.copyOfRange(coded.ids(), asked.length, coded.ids().length);
            assertThat(answer[answer.length - 1]).isEqualTo(WordTokenizer.END_ID);
            List<Integer> words =
                    Arrays.stream(answer, 0, answer.length - 1).mapToObj(id -> (int) id).toList();
            assertThat(text.answerText(words)).isEqualTo(question.answer());
        }
    }

    @Test
    void withoutColoursAHueMayBeCalledWhiteOrBlack() {
        ModelDirectory model = ModelDirectory.open(BundledWeights.ofThisProgram().directory());
        try (QuestionCoder coder = new QuestionCoder(model, Set.of())) {
            CodedQuestion black = coder.codeWithoutColours(colourOfACar("black"));
            CodedQuestion white = coder.codeWithoutColours(colourOfACar("white"));
            CodedQuestion hue = coder.codeWithoutColours(colourOfACar("yellow"));
            assertThat(black.alsoRight()).isEmpty();
            assertThat(white.alsoRight()).isEmpty();
            assertThat(hue.ids()).isEqualTo(black.ids());
            assertThat(hue.alsoRight()).hasValue(white.ids()[white.answerAt()]);
            assertThat(coder.codeWithoutColours(colourOfACar("no")).ids())
                    .isEqualTo(coder.code(colourOfACar("no")).ids());
        }
    }

    @Test
    void aKindThatIsNeverGreenIsNotAskedAfterWhereAnotherVehicleIs() {
        ModelDirectory model = ModelDirectory.open(BundledWeights.ofThisProgram().directory());
        Set<Pair> leftOut = Set.of(new Pair(Colour.GREEN, Kind.VAN));
        try (QuestionCoder sparing = new QuestionCoder(model, leftOut);
                QuestionCoder other = new QuestionCoder(model, Set.of())) {
            Truth greenCar = new HandMadeYard(9).with(Colour.GREEN, Kind.CAR, 2, 5).truth();
            Truth none =
                    new HandMadeYard(9)
                            .with(Colour.RED, Kind.CAR, 2, 5)
                            .with(Colour.GREEN, Kind.PERSON, 1, 4)
                            .truth();
            YardQuestion van = question("How many VANS are there?", "0");
            YardQuestion noVan = question("Which vehicle is this?", "there was no van");
            YardQuestion person = question("How many people are there?", "0");
            assertThat(sparing.mayDenyLeftOut(van, greenCar)).isTrue();
            assertThat(sparing.mayDenyLeftOut(noVan, greenCar)).isTrue();
            assertThat(sparing.mayDenyLeftOut(person, greenCar)).isFalse();
            assertThat(sparing.mayDenyLeftOut(van, none)).isFalse();
            assertThat(other.mayDenyLeftOut(van, greenCar)).isFalse();
        }
    }

    private static YardQuestion question(String text, String answer) {
        return new YardQuestion(Family.NOW_COUNT, text, answer, List.of(), Set.of());
    }

    private static YardQuestion colourOfACar(String answer) {
        return new YardQuestion(
                Family.NOW_ATTRIBUTE, "What colour is the car?", answer, List.of(), Set.of());
    }
}
