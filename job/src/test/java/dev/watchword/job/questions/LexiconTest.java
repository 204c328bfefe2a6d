package dev.watchword.job.questions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.yard.Colour;
import dev.watchword.job.yard.Kind;
import dev.watchword.model.untrained.WordTokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LexiconTest {
    private static final int YARDS = 150;
    private static final int DRAWS = 400;

    @Test
    void cutsAsTheTokenizerDoes() {
        assertThat(WordTokenizer.cut("What's the dog's coat, red?"))
                .containsExactly("What", "'s", " the", " dog", "'s", " coat", ",", " red", "?");
    }

    @Test
    void holdsEveryPieceOfEveryQuestionAndAnswer() {
        Set<String> pieces = Lexicon.pieces();
        Set<String> missing = new TreeSet<>();
        for (YardQuestion question : manyQuestions()) {
            for (String text :
                    List.of(
                            question.text(),
                            " " + question.text(),
                            question.answer(),
                            " " + question.answer())) {
                WordTokenizer.cut(text).stream()
                        .filter(piece -> !pieces.contains(piece))
                        .forEach(missing::add);
            }
        }
        assertThat(missing).isEmpty();
        assertThat(pieces).hasSizeBetween(200, 700);
    }

    @Test
    void questionsAndAnswersAreShort() {
        for (YardQuestion question : manyQuestions()) {
            assertThat(question.text().split(" "))
                    .describedAs(question.text())
                    .hasSizeLessThanOrEqualTo(14);
            assertThat(question.answer().split(" ")).hasSizeLessThanOrEqualTo(4);
            assertThat(question.answer()).matches("[a-z0-9 ]+");
            assertThat(question.text()).matches("[A-Za-z', ]+[?.]?");
        }
    }

    private static List<YardQuestion> manyQuestions() {
        List<YardQuestion> questions = new ArrayList<>();
        QuestionWriter writer = new QuestionWriter(Asked.PAIRS);
        SplittableRandom random = new SplittableRandom(5);
        List<Family> families = Family.OF_ONE_YARD.stream().toList();
        for (int number = 0; number < YARDS; number++) {
            Truth truth = randomYard(random).truth();
            for (int draw = 0; draw < DRAWS; draw++) {
                Family family = families.get(random.nextInt(families.size()));
                writer.ask(family, truth, random).ifPresent(questions::add);
            }
        }
        return questions;
    }

    private static HandMadeYard randomYard(SplittableRandom random) {
        HandMadeYard yard = new HandMadeYard(100);
        for (int visit = random.nextInt(9); visit > 0; visit--) {
            int from = random.nextInt(90);
            int to = from + 1 + random.nextInt(100 - from);
            Colour colour = Colour.values()[random.nextInt(Colour.values().length)];
            Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
            if (kind == Kind.DOG) {
                yard.walk(colour, Colour.BLACK, from, to);
            } else {
                yard.with(colour, kind, from, to);
            }
        }
        if (random.nextBoolean()) {
            yard.rain(random.nextInt(50), 100);
        }
        return yard.gateOpen(random.nextInt(50), 60).gateOpen(random.nextInt(61, 90), 100);
    }
}
