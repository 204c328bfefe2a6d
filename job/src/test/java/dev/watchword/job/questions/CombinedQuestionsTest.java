package dev.watchword.job.questions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.yard.Colour;
import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.Pair;
import dev.watchword.model.untrained.WordTokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CombinedQuestionsTest {
    private static final List<String> NAMES = List.of("north", "south", "east");
    private static final int DRAWS = 2_000;

    private static List<YardQuestion> ask(List<Pair> askable, HandMadeYard... yards) {
        List<Truth> truths = Stream.of(yards).map(HandMadeYard::truth).toList();
        CombinedQuestions writer = new CombinedQuestions(askable);
        SplittableRandom random = new SplittableRandom(3);
        List<YardQuestion> asked = new ArrayList<>();
        for (int draw = 0; draw < DRAWS; draw++) {
            writer.ask(NAMES, truths, random).ifPresent(asked::add);
        }
        return asked;
    }

    private static List<YardQuestion> mentioning(List<YardQuestion> asked, String what) {
        return asked.stream()
                .filter(question -> question.text().toLowerCase(Locale.ROOT).contains(what))
                .toList();
    }

    @Test
    void theAnswerIsTheYardInWhichItWasAlone() {
        List<YardQuestion> asked =
                ask(
                        Asked.PAIRS,
                        new HandMadeYard(9).with(Colour.RED, Kind.VAN, 2, 5).gateOpen(0, 3),
                        new HandMadeYard(9).with(Colour.BLUE, Kind.VAN, 1, 4).gateOpen(6, 9),
                        new HandMadeYard(9).with(Colour.BLUE, Kind.CAR, 3, 8).rain(2, 4));

        assertThat(mentioning(asked, "red van"))
                .extracting(YardQuestion::answer)
                .containsOnly("north");
        assertThat(mentioning(asked, "blue van"))
                .extracting(YardQuestion::answer)
                .containsOnly("south");
        assertThat(mentioning(asked, " a car"))
                .extracting(YardQuestion::answer)
                .containsOnly("east");
        assertThat(mentioning(asked, "rain")).extracting(YardQuestion::answer).containsOnly("east");
        assertThat(mentioning(asked, "gate"))
                .extracting(YardQuestion::answer)
                .containsOnly("south");
        assertThat(mentioning(asked, " a van")).as("vans were in two yards").isEmpty();
        assertThat(mentioning(asked, "red van").get(0).evidence()).containsExactly(new Span(2, 5));
        assertThat(asked).extracting(YardQuestion::family).containsOnly(Family.WHICH_YARD);
        for (YardQuestion question : mentioning(asked, "red van")) {
            YardQuestion.Mention mention = question.mentions().get(0);
            assertThat(question.text().substring(0, mention.end())).endsWith("red van");
            assertThat(mention.second()).isEqualTo(2);
        }
    }

    @Test
    void whatWasPerhapsSeenElsewhereIsNotAskedAfter() {
        List<YardQuestion> asked =
                ask(
                        Asked.PAIRS,
                        new HandMadeYard(9).with(Colour.RED, Kind.VAN, 2, 5),
                        new HandMadeYard(9).partlyHidden(0.3, Colour.RED, Kind.VAN, 2, 5),
                        new HandMadeYard(9));

        assertThat(mentioning(asked, "van")).isEmpty();
    }

    @Test
    void neverSpeaksOfPairsThatMustNotBeAskedAfter() {
        List<Pair> askable =
                Asked.PAIRS.stream()
                        .filter(pair -> !pair.equals(new Pair(Colour.RED, Kind.VAN)))
                        .toList();
        List<YardQuestion> asked =
                ask(
                        askable,
                        new HandMadeYard(9).with(Colour.RED, Kind.VAN, 2, 5),
                        new HandMadeYard(9).with(Colour.RED, Kind.CAR, 2, 5),
                        new HandMadeYard(9));

        assertThat(mentioning(asked, "red van")).isEmpty();
        assertThat(mentioning(asked, "red car")).isNotEmpty();
    }

    @Test
    void allItsWordsAreKnown() {
        Set<String> pieces = Lexicon.pieces();
        List<YardQuestion> asked =
                ask(
                        Asked.PAIRS,
                        new HandMadeYard(9).with(Colour.RED, Kind.VAN, 2, 5).gateOpen(0, 9),
                        new HandMadeYard(9).walk(Colour.WHITE, Colour.BROWN, 1, 4),
                        new HandMadeYard(9).with(Colour.BLUE, Kind.CAR, 3, 8).rain(2, 4));

        assertThat(asked)
                .flatExtracting(question -> WordTokenizer.cut(question.text()))
                .isSubsetOf(pieces);
    }
}
