package dev.watchword.job.questions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.yard.Colour;
import dev.watchword.job.yard.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventQuestionsTest {
    @Test
    void knowsWhatCameBeforeWhat() {
        HandMadeYard yard =
                new HandMadeYard(100)
                        .with(Colour.BLUE, Kind.CAR, 5, 40)
                        .with(Colour.BROWN, Kind.PARCEL, 20, 70)
                        .with(Colour.WHITE, Kind.VAN, 50, 100)
                        .with(Colour.RED, Kind.VAN, 51, 100)
                        .rain(80, 90);
        Asked asked = Asked.of(Family.ORDER, yard);
        assertThat(asked.answers())
                .containsEntry("did the parcel come before the blue car left", "yes")
                .containsEntry("did the parcel come after the blue car left", "no")
                .containsEntry("was the parcel taken before the white van came", "no")
                .containsEntry("did the rain start after the parcel was taken", "yes")
                .containsEntry("the blue car left before the white van came, right", "yes")
                .containsEntry("which came first, the parcel or the blue car", "the blue car")
                .containsEntry("which came first, the car or the parcel", "the car")
                .containsEntry("which came later, the parcel or the blue car", "the parcel")
                .doesNotContainKeys(
                        "which came first, the white van or the red van",
                        "did the van come after the parcel came",
                        "did the white van leave after the parcel came");
        assertThat(asked.share("yes") / asked.share("no")).isBetween(0.9, 1.1);
        assertThat(asked.asking("did the parcel come before the blue car left").evidence())
                .containsExactly(new Span(5, 40), new Span(20, 70));
    }

    @Test
    void forTrainingAsksMostlyWhatWasBefore() {
        HandMadeYard yard =
                new HandMadeYard(100)
                        .with(Colour.BLUE, Kind.CAR, 5, 40)
                        .with(Colour.WHITE, Kind.VAN, 50, 95);
        assertThat(before(new QuestionWriter(Asked.PAIRS), yard)).isBetween(0.45, 0.55);
        QuestionWriter writer = QuestionWriter.ofMostlyBefore(Asked.PAIRS);
        assertThat(before(writer, yard)).isBetween(0.75, 0.85);
        assertThat(Asked.of(Family.ORDER, yard.truth(), writer).answers())
                .containsEntry("did the white van come after the blue car left", "yes");
    }

    /** Returns the share of "before" among all questions with "before" or "after". */
    private static double before(QuestionWriter writer, HandMadeYard yard) {
        List<String> texts =
                Asked.of(Family.ORDER, yard.truth(), writer).questions().stream()
                        .map(YardQuestion::text)
                        .filter(text -> text.contains(" before ") || text.contains(" after "))
                        .toList();
        return texts.stream().filter(text -> text.contains(" before ")).count()
                / (double) texts.size();
    }

    @Test
    void asksForTheOrderOnlyOfWhatHappenedOnce() {
        HandMadeYard yard =
                new HandMadeYard(100)
                        .with(Colour.GREEN, Kind.CAR, 0, 30)
                        .with(Colour.BLUE, Kind.CAR, 5, 40)
                        .with(Colour.BLUE, Kind.CAR, 60, 70)
                        .with(Colour.WHITE, Kind.VAN, 50, 95);
        assertThat(Asked.of(Family.ORDER, yard).answers().keySet())
                .isNotEmpty()
                .anyMatch(text -> text.contains("green car left"))
                .noneMatch(text -> text.contains("green car came"))
                .noneMatch(text -> text.contains("blue car"));
    }

    @Test
    void tellsWhenThatWasWhichAnOrderQuestionNames() {
        HandMadeYard yard =
                new HandMadeYard(100)
                        .with(Colour.GREEN, Kind.CAR, 10, 30)
                        .with(Colour.WHITE, Kind.VAN, 50, 95);
        Map<String, Integer> seconds =
                Map.of(
                        "car",
                        10,
                        "car came",
                        10,
                        "car come",
                        10,
                        "car left",
                        30,
                        "car leave",
                        30,
                        "van",
                        50,
                        "van came",
                        50,
                        "van come",
                        50,
                        "van left",
                        95,
                        "van leave",
                        95);
        for (YardQuestion question : Asked.of(Family.ORDER, yard).questions()) {
            assertThat(question.mentions()).as(question.text()).hasSize(2);
            for (YardQuestion.Mention mention : question.mentions()) {
                String named = question.text().substring(0, mention.end()).toLowerCase(Locale.ROOT);
                String last = named.substring(named.lastIndexOf("the ") + 4);
                String event = last.replace("green ", "").replace("white ", "");
                assertThat(mention.second()).as(question.text()).isEqualTo(seconds.get(event));
            }
        }
    }

    @Test
    void countsWhatCame() {
        HandMadeYard yard =
                new HandMadeYard(100)
                        .with(Colour.WHITE, Kind.VAN, 0, 20)
                        .with(Colour.RED, Kind.CAR, 5, 20)
                        .with(Colour.RED, Kind.CAR, 10, 40)
                        .with(Colour.BLUE, Kind.CAR, 15, 40)
                        .with(Colour.BROWN, Kind.PARCEL, 15, 40)
                        .gateOpen(1, 5)
                        .gateOpen(10, 15)
                        .gateOpen(90, 100);
        Asked asked = Asked.of(Family.EVENT_COUNT, yard);
        assertThat(asked.answers())
                .containsEntry("how many cars came", "3")
                .containsEntry("how many red cars came", "2")
                .containsEntry("how many blue cars came", "1")
                .containsEntry("how many parcels were left", "1")
                .containsEntry("how many people came", "0")
                .containsEntry("how often did the gate open", "3")
                .doesNotContainKeys(
                        "how many vans came", "how many vehicles came", "how many white vans came");
        assertThat(asked.share("0")).isLessThan(0.12);
        assertThat(asked.share("2") / asked.share("3")).isBetween(0.9, 1.1);
        assertThat(asked.asking("how many red cars came").evidence())
                .containsExactly(new Span(5, 20), new Span(10, 40));
    }

    @Test
    void doesNotCountTheGateThatWasOpenFromTheBeginning() {
        HandMadeYard yard = new HandMadeYard(100).gateOpen(0, 5).gateOpen(10, 15);
        assertThat(Asked.of(Family.EVENT_COUNT, yard).answers().keySet())
                .isNotEmpty()
                .noneMatch(text -> text.contains("gate"));
    }

    @Test
    void fulfilsWishesAtTheLastSecondOnly() {
        HandMadeYard yard =
                new HandMadeYard(20)
                        .with(Colour.RED, Kind.VAN, 2, 10)
                        .with(Colour.BROWN, Kind.PARCEL, 5, 20)
                        .walk(Colour.BLUE, Colour.BLACK, 12, 20)
                        .gateOpen(4, 10);
        Asked asked = Asked.of(Family.WAIT_UNTIL, yard);
        assertThat(asked.answers())
                .containsEntry("tell me when a parcel is at the door", "now")
                .containsEntry("let me know when a red van is here", "not yet")
                .containsEntry("tell me when a person in blue is here", "now")
                .containsEntry("tell me when somebody walks a dog", "now")
                .containsEntry("say when the gate is open", "not yet")
                .containsEntry("say when the gate is closed", "now");
        assertThat(asked.share("now")).isBetween(0.45, 0.55);
    }
}
