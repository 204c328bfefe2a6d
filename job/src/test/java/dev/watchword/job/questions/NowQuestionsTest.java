package dev.watchword.job.questions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.yard.Colour;
import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.Pair;
import org.junit.jupiter.api.Test;

class NowQuestionsTest {
    private final HandMadeYard yard =
            new HandMadeYard(20)
                    .with(Colour.RED, Kind.VAN, 2, 10)
                    .with(Colour.BLUE, Kind.CAR, 5, 20)
                    .with(Colour.GREEN, Kind.BICYCLE, 5, 20)
                    .with(Colour.WHITE, Kind.BICYCLE, 5, 20)
                    .walk(Colour.YELLOW, Colour.BROWN, 15, 20)
                    .with(Colour.BROWN, Kind.PARCEL, 3, 12)
                    .gateOpen(4, 20)
                    .rain(1, 6);

    @Test
    void tellsHowItIsAtTheLastSecondAndNotHowItWas() {
        assertThat(Asked.of(Family.NOW_ATTRIBUTE, yard).answers())
                .containsEntry("is the gate open", "yes")
                .containsEntry("is the gate shut", "no")
                .containsEntry("is the gate open or closed", "open")
                .containsEntry("is the door open or closed", "closed")
                .containsEntry("is the lamp off or on", "on")
                .containsEntry("is it raining", "no")
                .containsEntry("is it dry", "yes")
                .containsEntry("is it day, dusk or night", "dusk")
                .containsEntry("is it night", "no")
                .containsEntry("is there a red van", "no")
                .containsEntry("is there a blue car", "yes")
                .containsEntry("is there a person in a yellow coat", "yes")
                .containsEntry("is there a dog", "yes")
                .containsEntry("is there a van", "no")
                .containsEntry("is there a parcel at the door", "no")
                .containsEntry("what colour is the car", "blue")
                .containsEntry("what colour is the dog", "brown")
                .containsEntry("what colour is the person's coat", "yellow")
                .containsEntry("what colour is the coat of the dog's owner", "yellow");
    }

    @Test
    void doesNotAskAfterTheColourOfOneOfSeveral() {
        assertThat(Asked.of(Family.NOW_ATTRIBUTE, yard).answers())
                .doesNotContainKey("what colour is the bicycle");
    }

    @Test
    void doesNotAskWhatHingesOnAPartlyHiddenThing() {
        HandMadeYard hiding =
                new HandMadeYard(9)
                        .partlyHidden(0.4, Colour.RED, Kind.VAN, 2, 9)
                        .with(Colour.BLUE, Kind.VAN, 2, 9);
        assertThat(Asked.of(Family.NOW_ATTRIBUTE, hiding).answers())
                .containsEntry("is there a blue van", "yes")
                .containsEntry("is there a red car", "no")
                .containsEntry("is there a van", "yes")
                .doesNotContainKeys("is there a red van", "what colour is the van");
        assertThat(Asked.of(Family.NOW_COUNT, hiding).answers())
                .containsEntry("how many cars are there", "0")
                .doesNotContainKeys("how many vans are there", "how many vehicles are there");
    }

    @Test
    void yesIsAsFrequentAsNo() {
        Asked asked = Asked.of(Family.NOW_ATTRIBUTE, yard);
        assertThat(asked.share("yes") / asked.share("no")).isBetween(0.85, 1.2);
    }

    @Test
    void oftenAsksAfterWhatWasThereEarlier() {
        Asked asked = Asked.of(Family.NOW_ATTRIBUTE, yard);
        long absent =
                asked.questions().stream()
                        .filter(question -> question.answer().equals("no"))
                        .filter(question -> !question.about().isEmpty())
                        .count();
        long earlier =
                asked.questions().stream()
                        .filter(question -> question.answer().equals("no"))
                        .filter(q -> q.about().contains(new Pair(Colour.RED, Kind.VAN)))
                        .count();
        assertThat(earlier / (double) absent).isBetween(0.4, 0.65);
    }

    @Test
    void namesWhatTheQuestionOrTheAnswerIsAbout() {
        Asked asked = Asked.of(Family.NOW_ATTRIBUTE, yard);
        assertThat(asked.asking("what colour is the car").about())
                .containsExactly(new Pair(Colour.BLUE, Kind.CAR));
        assertThat(asked.asking("is there a red van").about())
                .containsExactly(new Pair(Colour.RED, Kind.VAN));
        assertThat(asked.asking("is the gate open").evidence()).containsExactly(new Span(19, 20));
    }

    @Test
    void countsWhatIsThere() {
        assertThat(Asked.of(Family.NOW_COUNT, yard).answers())
                .containsEntry("how many bicycles are there", "2")
                .containsEntry("how many people are there", "1")
                .containsEntry("how many vans are there", "0")
                .containsEntry("how many vehicles are there", "1")
                .containsEntry("how many parcels are there", "0");
    }

    @Test
    void countsAreMostlyNotNought() {
        HandMadeYard full =
                new HandMadeYard(9)
                        .with(Colour.RED, Kind.VAN, 2, 9)
                        .with(Colour.BLUE, Kind.CAR, 2, 9)
                        .with(Colour.RED, Kind.CAR, 2, 9);
        Asked asked = Asked.of(Family.NOW_COUNT, full);
        assertThat(asked.share("0")).isBetween(0.02, 0.25);
        assertThat(asked.share("3")).isGreaterThan(0.4);
    }
}
