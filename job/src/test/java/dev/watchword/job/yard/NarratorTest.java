package dev.watchword.job.yard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class NarratorTest {
    private static final Conditions NIGHT =
            new Conditions(false, false, true, Daylight.NIGHT, false);
    private static final Conditions DUSK = new Conditions(true, true, false, Daylight.DUSK, true);

    @Test
    void tellsWhatIsThereAndThenWhatChanges() {
        Yard yard =
                new ListedYard(
                        List.of(
                                visit(0, Kind.CAR, Colour.RED, Spot.BAY_1, 0, 12),
                                visit(1, Kind.PERSON, Colour.BLUE, Spot.FAR_PATH, 4, 9),
                                new Visit(
                                        2,
                                        Kind.DOG,
                                        Colour.BROWN,
                                        Spot.FAR_PATH,
                                        4,
                                        9,
                                        OptionalInt.of(1)),
                                visit(3, Kind.PARCEL, Colour.BROWN, Spot.DOORSTEP_1, 6, 11),
                                visit(4, Kind.VAN, Colour.WHITE, Spot.BAY_2, 13, 20)));
        assertThat(Narrator.tell(yard, 20))
                .extracting(line -> line.second() + " " + line.text())
                .containsExactly(
                        "0 it is night",
                        "0 it is dry",
                        "0 the gate is closed",
                        "0 the door is closed",
                        "0 the lamp is on",
                        "0 a red car is there",
                        "4 a person in a blue coat with a brown dog comes",
                        "6 a parcel is left at the door",
                        "9 a person in a blue coat with a brown dog has left",
                        "10 it is dusk",
                        "10 it begins to rain",
                        "10 the gate opens",
                        "10 the door opens",
                        "10 the lamp goes off",
                        "11 a parcel is gone from the door",
                        "12 a red car has left",
                        "13 a white van comes");
    }

    @Test
    void tellsNoFurtherThanAsked() {
        Yard yard = ScriptedYard.of(1, 300, YardOptions.of(1).withMeanSecondsBetweenArrivals(5));
        List<Narrator.Line> beginning = Narrator.tell(yard, 100);
        assertThat(beginning).allMatch(line -> line.second() < 100);
        assertThat(Narrator.tell(yard, 300)).startsWith(beginning.toArray(Narrator.Line[]::new));
        assertThatThrownBy(() -> Narrator.tell(yard, 301))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 1 to 300");
    }

    /** Night, and from second 10 dusk. */
    private record ListedYard(List<Visit> visits) implements Yard {
        @Override
        public int seconds() {
            return 20;
        }

        @Override
        public Moment at(int second) {
            List<Sighting> sightings =
                    visits.stream()
                            .filter(visit -> visit.present(second))
                            .map(visit -> new Sighting(visit, visit.spot(), 1))
                            .toList();
            return new Moment(second, second < 10 ? NIGHT : DUSK, sightings);
        }
    }

    private static Visit visit(int id, Kind kind, Colour colour, Spot spot, int from, int to) {
        return new Visit(id, kind, colour, spot, from, to, OptionalInt.empty());
    }
}
