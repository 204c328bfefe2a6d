package dev.watchword.job.yard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScriptedYardTest {
    private static final Set<Kind> VEHICLES = EnumSet.of(Kind.CAR, Kind.VAN);
    private static final int SEEDS = 300;
    private static final int SECONDS = 400;

    @Test
    void theSameSeedGivesTheSameScriptAndAnotherAnother() {
        assertThat(moments(busy(7))).isEqualTo(moments(busy(7))).isNotEqualTo(moments(busy(8)));
        assertThat(busy(7).visits()).isEqualTo(busy(7).visits());
    }

    @Test
    void aMomentHoldsWhatIsThereByTheVisits() {
        for (long seed = 0; seed < 40; seed++) {
            ScriptedYard yard = busy(seed);
            for (int second = 0; second < SECONDS; second++) {
                int now = second;
                assertThat(yard.at(second).sightings().stream().map(Sighting::visit))
                        .containsExactlyElementsOf(
                                yard.visits().stream()
                                        .filter(visit -> visit.present(now))
                                        .toList());
            }
        }
    }

    @Test
    void idsAreIndexesInTheOrderOfComing() {
        for (long seed = 0; seed < SEEDS; seed++) {
            List<Visit> visits = busy(seed).visits();
            for (int index = 0; index < visits.size(); index++) {
                Visit visit = visits.get(index);
                assertThat(visit.id()).isEqualTo(index);
                assertThat(visit.from()).isBetween(0, visit.to() - 1);
                assertThat(visit.to()).isLessThanOrEqualTo(SECONDS);
                if (index > 0) {
                    assertThat(visit.from()).isGreaterThanOrEqualTo(visits.get(index - 1).from());
                }
            }
        }
    }

    @Test
    void aSpotHoldsOneThingButForDogs() {
        for (long seed = 0; seed < SEEDS; seed++) {
            for (Moment moment : moments(busy(seed))) {
                List<Spot> taken =
                        moment.sightings().stream()
                                .filter(sighting -> sighting.visit().kind() != Kind.DOG)
                                .map(Sighting::spot)
                                .toList();
                assertThat(new HashSet<>(taken)).hasSameSizeAs(taken);
            }
        }
    }

    @Test
    void theGateIsOpenWhileAVehicleIsInTheLaneAndAlsoAtOtherTimes() {
        int idle = 0;
        int shut = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            for (Moment moment : moments(busy(seed))) {
                boolean driving =
                        moment.sightings().stream()
                                .anyMatch(sighting -> sighting.spot() == Spot.LANE);
                boolean open = moment.conditions().gateOpen();
                assertThat(open || !driving).isTrue();
                idle += open && !driving ? 1 : 0;
                shut += open ? 0 : 1;
            }
        }
        assertThat(idle).isGreaterThan(SEEDS * SECONDS / 5);
        assertThat(shut).isGreaterThan(SEEDS * SECONDS / 5);
    }

    @Test
    void vehiclesDriveInAndOutForTwoToFourSecondsAndStayForFiveOrMore() {
        for (long seed = 0; seed < SEEDS; seed++) {
            ScriptedYard yard = busyWithEmptyEnds(seed);
            for (Visit visit : yard.visits()) {
                if (VEHICLES.contains(visit.kind())) {
                    List<Spot> spots =
                            IntStream.range(visit.from(), visit.to())
                                    .mapToObj(second -> spotOf(yard, visit, second))
                                    .toList();
                    assertThat(spots.indexOf(visit.spot())).isBetween(2, 4);
                    int stayed = spots.lastIndexOf(visit.spot()) - spots.indexOf(visit.spot()) + 1;
                    assertThat(stayed).isBetween(5, 200);
                    assertThat(spots.size() - 1 - spots.lastIndexOf(visit.spot())).isBetween(2, 4);
                    assertThat(spots.stream().filter(spot -> spot != Spot.LANE)).hasSize(stayed);
                }
            }
        }
    }

    @Test
    void aParcelComesWithAPersonAtTheDoorAndGoesWithAnother() {
        int parcels = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            ScriptedYard yard = busy(seed);
            for (Visit parcel : yard.visits()) {
                if (parcel.kind() != Kind.PARCEL) {
                    continue;
                }
                parcels++;
                List<Visit> people =
                        yard.visits().stream()
                                .filter(visit -> visit.kind() == Kind.PERSON)
                                .filter(visit -> visit.spot() == Spot.FAR_PATH)
                                .toList();
                if (parcel.from() > 0) {
                    assertThat(people).anyMatch(person -> person.present(parcel.from()));
                }
                if (parcel.from() > 0 && parcel.to() < SECONDS) {
                    assertThat(people)
                            .anyMatch(
                                    person ->
                                            person.present(parcel.to())
                                                    && !person.present(parcel.from()));
                }
            }
        }
        assertThat(parcels).isGreaterThan(200);
    }

    @Test
    void aDogIsWhereItsOwnerIs() {
        int dogs = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            List<Visit> visits = busy(seed).visits();
            for (Visit visit : visits) {
                assertThat(visit.owner().isPresent()).isEqualTo(visit.kind() == Kind.DOG);
                if (visit.kind() == Kind.DOG) {
                    dogs++;
                    Visit owner = visits.get(visit.owner().getAsInt());
                    assertThat(owner.kind()).isEqualTo(Kind.PERSON);
                    assertThat(owner.spot()).isEqualTo(visit.spot());
                    assertThat(owner.from()).isEqualTo(visit.from());
                    assertThat(owner.to()).isEqualTo(visit.to());
                }
            }
        }
        assertThat(dogs).isGreaterThan(200);
    }

    @Test
    void emptyEndsAreEmpty() {
        for (long seed = 0; seed < SEEDS; seed++) {
            for (int seconds : new int[] {16, 64, SECONDS}) {
                ScriptedYard yard =
                        ScriptedYard.of(
                                seed,
                                seconds,
                                YardOptions.of(seed)
                                        .withMeanSecondsBetweenArrivals(4)
                                        .withEmptyEnds());
                for (int second : new int[] {0, 1, seconds - 2, seconds - 1}) {
                    assertThat(yard.at(second).sightings()).isEmpty();
                }
                for (Visit visit : yard.visits()) {
                    assertThat(visit.from()).isGreaterThanOrEqualTo(2);
                    assertThat(visit.to()).isLessThanOrEqualTo(seconds - 2);
                }
            }
        }
    }

    @Test
    void onlyTheRegularsComeAndNeverTheBarred() {
        Set<Pair> barred =
                Set.of(new Pair(Colour.RED, Kind.CAR), new Pair(Colour.GREEN, Kind.PERSON));
        for (long seed = 0; seed < SEEDS; seed++) {
            YardOptions options = YardOptions.of(seed, barred).withMeanSecondsBetweenArrivals(8);
            List<Pair> came =
                    ScriptedYard.of(seed, SECONDS, options).visits().stream()
                            .map(Visit::pair)
                            .toList();
            assertThat(came).doesNotContainAnyElementsOf(barred);
            assertThat(options.population().pairs()).containsAll(came);
        }
    }

    @Test
    void everyConditionIsSeenInALongScript() {
        ScriptedYard yard = ScriptedYard.of(5, 20_000, YardOptions.of(5));
        Set<Conditions> seen = new HashSet<>();
        for (int second = 0; second < yard.seconds(); second += 5) {
            seen.add(yard.at(second).conditions());
        }
        assertThat(seen).extracting(Conditions::daylight).contains(Daylight.values());
        assertThat(seen).extracting(Conditions::lampOn).contains(true, false);
        assertThat(seen).extracting(Conditions::doorOpen).contains(true, false);
        assertThat(seen).extracting(Conditions::gateOpen).contains(true, false);
        assertThat(seen).extracting(Conditions::raining).contains(true, false);
    }

    @Test
    void theLampIsNoGuess() {
        int[][] lamp = new int[Daylight.values().length][2];
        for (long seed = 0; seed < SEEDS; seed++) {
            Conditions conditions = busy(seed).at(SECONDS / 2).conditions();
            lamp[conditions.daylight().ordinal()][conditions.lampOn() ? 1 : 0]++;
        }
        for (int[] offAndOn : lamp) {
            assertThat(offAndOn[0]).isGreaterThan((offAndOn[0] + offAndOn[1]) / 5);
            assertThat(offAndOn[1]).isGreaterThan((offAndOn[0] + offAndOn[1]) / 10);
        }
    }

    @Test
    void nearlyEverythingIsPlainToSee() {
        int all = 0;
        int hidden = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            for (Moment moment : moments(busy(seed))) {
                for (Sighting sighting : moment.sightings()) {
                    assertThat(sighting.visible()).isBetween(0.0, 1.0);
                    all++;
                    hidden += sighting.visible() < 0.7 ? 1 : 0;
                }
            }
        }
        assertThat(hidden).isBetween(1, all / 50);
    }

    @Test
    void aDayLongScriptIsReadAnywhere() {
        ScriptedYard yard = ScriptedYard.of(9, 86_400, YardOptions.of(9));
        for (Visit visit : yard.visits()) {
            assertThat(yard.at(visit.to() - 1).sightings())
                    .extracting(Sighting::visit)
                    .contains(visit);
        }
    }

    @Test
    void tooShortAndTooLongAreRefused() {
        assertThatThrownBy(() -> ScriptedYard.of(1, 15, YardOptions.of(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16");
        assertThatThrownBy(() -> ScriptedYard.of(1, 200_001, YardOptions.of(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("200000");
        assertThatThrownBy(() -> busy(1).at(SECONDS))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("400");
    }

    private static Spot spotOf(Yard yard, Visit visit, int second) {
        return yard.at(second).sightings().stream()
                .filter(sighting -> sighting.visit().equals(visit))
                .findFirst()
                .orElseThrow()
                .spot();
    }

    private static ScriptedYard busy(long seed) {
        return ScriptedYard.of(
                seed, SECONDS, YardOptions.of(seed).withMeanSecondsBetweenArrivals(8));
    }

    private static ScriptedYard busyWithEmptyEnds(long seed) {
        return ScriptedYard.of(
                seed,
                SECONDS,
                YardOptions.of(seed).withMeanSecondsBetweenArrivals(8).withEmptyEnds());
    }

    private static List<Moment> moments(Yard yard) {
        return IntStream.range(0, yard.seconds()).mapToObj(yard::at).toList();
    }
}
