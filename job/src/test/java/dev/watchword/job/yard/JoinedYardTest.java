package dev.watchword.job.yard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class JoinedYardTest {
    private final List<Yard> parts =
            List.of(
                    ScriptedYard.of(1, 90, YardOptions.of(1).withMeanSecondsBetweenArrivals(6)),
                    ScriptedYard.of(2, 200, YardOptions.of(2).withMeanSecondsBetweenArrivals(6)),
                    ScriptedYard.of(3, 16, YardOptions.of(3).withMeanSecondsBetweenArrivals(6)));
    private final Yard joined = JoinedYard.of(parts);

    @Test
    void itsTruthIsThatOfItsPartsShifted() {
        int start = 0;
        int firstId = 0;
        for (Yard part : parts) {
            for (int second = 0; second < part.seconds(); second++) {
                Moment expected = part.at(second);
                Moment actual = joined.at(start + second);
                assertThat(actual.second()).isEqualTo(start + second);
                assertThat(actual.conditions()).isEqualTo(expected.conditions());
                assertThat(actual.sightings()).hasSameSizeAs(expected.sightings());
                for (int index = 0; index < actual.sightings().size(); index++) {
                    Sighting one = expected.sightings().get(index);
                    Sighting other = actual.sightings().get(index);
                    assertThat(other.spot()).isEqualTo(one.spot());
                    assertThat(other.visible()).isEqualTo(one.visible());
                    assertThat(other.visit().pair()).isEqualTo(one.visit().pair());
                    assertThat(other.visit().id()).isEqualTo(one.visit().id() + firstId);
                    assertThat(other.visit().from()).isEqualTo(one.visit().from() + start);
                    assertThat(other.visit().to()).isEqualTo(one.visit().to() + start);
                }
            }
            start += part.seconds();
            firstId += part.visits().size();
        }
        assertThat(joined.seconds()).isEqualTo(start);
        assertThat(joined.visits()).hasSize(firstId);
    }

    @Test
    void idsAreIndexesAndOwnersGoAlong() {
        List<Visit> visits = joined.visits();
        for (int index = 0; index < visits.size(); index++) {
            Visit visit = visits.get(index);
            assertThat(visit.id()).isEqualTo(index);
            if (visit.owner().isPresent()) {
                Visit owner = visits.get(visit.owner().getAsInt());
                assertThat(owner.kind()).isEqualTo(Kind.PERSON);
                assertThat(owner.from()).isEqualTo(visit.from());
                assertThat(owner.spot()).isEqualTo(visit.spot());
            }
        }
        assertThat(visits).extracting(Visit::kind).contains(Kind.DOG);
    }

    @Test
    void itIsPaintedAsItsPartsAre() {
        int second = 70;
        Moment moment = joined.at(90 + second);
        assertThat(moment.sightings()).isNotEmpty();
        assertThat(Placement.of(moment.sightings(), 90 + second))
                .extracting(Placement::centre)
                .usingElementComparator((one, other) -> Math.abs(one - other) < 1.1 ? 0 : 1)
                .containsExactlyElementsOf(
                        Placement.of(parts.get(1).at(second).sightings(), second).stream()
                                .map(Placement::centre)
                                .toList());
    }

    @Test
    void nothingCannotBeJoined() {
        assertThatThrownBy(() -> JoinedYard.of(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one");
    }
}
