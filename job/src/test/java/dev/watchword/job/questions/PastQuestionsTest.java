package dev.watchword.job.questions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.yard.Colour;
import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.Pair;
import java.util.List;
import org.junit.jupiter.api.Test;

class PastQuestionsTest {
    private final HandMadeYard yard =
            new HandMadeYard(100)
                    .with(Colour.RED, Kind.VAN, 2, 10)
                    .with(Colour.BLUE, Kind.CAR, 5, 20)
                    .with(Colour.BLUE, Kind.CAR, 30, 41)
                    .with(Colour.GREEN, Kind.BICYCLE, 5, 20)
                    .with(Colour.WHITE, Kind.BICYCLE, 50, 99)
                    .with(Colour.RED, Kind.PERSON, 60, 63)
                    .walk(Colour.YELLOW, Colour.BROWN, 15, 20)
                    .rain(40, 44);

    @Test
    void remembersWhatWasAndDeniesWhatWasNot() {
        assertThat(Asked.of(Family.PAST, yard).answers())
                .containsEntry("was there ever a red van", "yes")
                .containsEntry("did a blue van come", "no")
                .containsEntry("did a red car come", "no")
                .containsEntry("was there ever a person in a yellow coat", "yes")
                .containsEntry("was there ever a dog", "yes")
                .containsEntry("was there ever a parcel", "no")
                .containsEntry("did it ever rain", "yes")
                .containsEntry("what colour was the van", "red")
                .containsEntry("what colour was the car", "blue")
                .containsEntry("what colour was the dog", "brown")
                .containsEntry("what colour was the coat of the dog's owner", "yellow")
                .containsEntry("did a person in yellow walk a dog", "yes")
                .containsEntry("did a person in red walk a dog", "no")
                .doesNotContainKeys(
                        "what colour was the bicycle", "what colour was the person's coat");
    }

    @Test
    void looksNoFurtherThanItsSpan() {
        Truth late = Truth.of(yard, 45, 55);
        assertThat(Asked.of(Family.PAST, late, Asked.PAIRS).answers())
                .containsEntry("was there ever a red van", "no")
                .containsEntry("was there ever a person in red", "no")
                .containsEntry("did it ever rain", "no")
                .containsEntry("what colour was the bicycle", "white");
    }

    @Test
    void showsWhereTheAnswerIsToBeSeen() {
        Asked asked = Asked.of(Family.PAST, yard);
        assertThat(asked.asking("was there ever a blue car").evidence())
                .containsExactly(new Span(5, 20), new Span(30, 41));
        assertThat(asked.asking("what colour was the dog").evidence())
                .containsExactly(new Span(15, 20));
        assertThat(asked.asking("did a red car come").evidence()).isEmpty();
    }

    @Test
    void saysNothingOfWhatWasOnlyGlimpsed() {
        HandMadeYard glimpse =
                new HandMadeYard(50)
                        .partlyHidden(0.5, Colour.RED, Kind.VAN, 3, 9)
                        .with(Colour.RED, Kind.CAR, 3, 9)
                        .with(Colour.WHITE, Kind.VAN, 3, 9);
        assertThat(Asked.of(Family.PAST, glimpse).answers())
                .containsEntry("was there ever a white van", "yes")
                .doesNotContainKeys("was there ever a red van", "what colour was the van");
    }

    @Test
    void yesIsAsFrequentAsNoAndEachSeenPairAsFrequentAsAnother() {
        Asked asked = Asked.of(Family.PAST, yard);
        assertThat(asked.share("yes") / asked.share("no")).isBetween(0.85, 1.2);
        assertThat(count(asked, new Pair(Colour.BLUE, Kind.CAR)))
                .isBetween(
                        (long) (0.85 * count(asked, new Pair(Colour.WHITE, Kind.BICYCLE))),
                        (long) (1.15 * count(asked, new Pair(Colour.WHITE, Kind.BICYCLE))));
    }

    private static long count(Asked asked, Pair pair) {
        return asked.questions().stream()
                .filter(question -> question.answer().equals("yes"))
                .filter(question -> question.about().contains(pair))
                .count();
    }

    @Test
    void neverSpeaksOfPairsThatMustNotBeAskedAfter() {
        Pair leftOut = new Pair(Colour.RED, Kind.VAN);
        List<Pair> askable = Asked.PAIRS.stream().filter(pair -> !pair.equals(leftOut)).toList();
        for (Family family : Family.OF_ONE_YARD) {
            assertThat(Asked.of(family, yard.truth(), askable).questions())
                    .noneMatch(question -> question.text().toLowerCase().contains("red van"))
                    .noneMatch(question -> question.about().contains(leftOut));
        }
    }

    @Test
    void asksAsOftenAfterTheColourOfWhatNeverWasAsOfWhatWas() {
        Asked asked = Asked.of(Family.UNANSWERABLE, yard);
        assertThat(asked.answers())
                .containsEntry("what colour was the van", "red")
                .containsEntry("what colour was the coat of the dog's owner", "yellow")
                .doesNotContainKey("what colour was the bicycle");

        Asked without =
                Asked.of(
                        Family.UNANSWERABLE,
                        new HandMadeYard(9)
                                .with(Colour.RED, Kind.VAN, 2, 9)
                                .partlyHidden(0.3, Colour.RED, Kind.BICYCLE, 2, 9));
        assertThat(without.answers())
                .containsEntry("what colour was the van", "red")
                .containsEntry("what colour was the car", "there was no car")
                .containsEntry("what colour was the person's coat", "there was no person")
                .containsEntry("what colour was the coat of the dog's owner", "there was no dog")
                .doesNotContainKey("what colour was the bicycle");
        assertThat(without.share("red")).isBetween(0.48, 0.52);
    }
}
