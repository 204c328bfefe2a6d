package dev.watchword.job.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.yard.Appearance;
import dev.watchword.job.yard.Box;
import dev.watchword.job.yard.Colour;
import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.Moment;
import dev.watchword.job.yard.Pair;
import dev.watchword.job.yard.Population;
import dev.watchword.job.yard.ScriptedYard;
import dev.watchword.job.yard.Shades;
import dev.watchword.job.yard.Sighting;
import dev.watchword.job.yard.Spot;
import dev.watchword.job.yard.Yard;
import dev.watchword.job.yard.YardOptions;
import dev.watchword.model.training.HeadKind;
import dev.watchword.model.training.HeadTarget;
import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.TensorScope;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SceneStatesTest {
    private static final int KIND_IN_BAY_1 = 5;
    private static final int COLOUR_IN_BAY_1 = 6;
    private static final int SHADE_IN_BAY_1 = 27;
    private static final int CAR = 1;
    private static final int VAN = 2;

    /** The seconds in which a thing stands in the first bay. */
    private static List<Moment> inBay1(Pair pair) {
        List<Moment> found = new ArrayList<>();
        for (long seed = 0; found.isEmpty(); seed++) {
            Population only =
                    new Population(
                            List.of(
                                    new Population.Regular(pair, 1),
                                    new Population.Regular(Population.PARCEL, 1)));
            Yard yard = ScriptedYard.of(seed, 200, new YardOptions(only, 5, true));
            for (int second = 0; second < 200; second++) {
                Moment moment = yard.at(second);
                moment.sightings().stream()
                        .filter(thing -> thing.spot() == Spot.BAY_1 && thing.visible() > 0.9)
                        .findAny()
                        .ifPresent(thing -> found.add(moment));
            }
        }
        return found;
    }

    @Test
    void kindAndColourOfAThingAreToldApart() {
        int[] states = states(inBay1(new Pair(Colour.GREEN, Kind.CAR)).get(0), Set.of());
        assertThat(states[KIND_IN_BAY_1]).isEqualTo(CAR);
        assertThat(states[COLOUR_IN_BAY_1]).isEqualTo(1 + Colour.GREEN.ordinal());
    }

    @Test
    void whatIsLeftOutIsNotCountedAgainstWhatSharesItsColourOrItsKind() {
        Set<Pair> leftOut = Set.of(new Pair(Colour.GREEN, Kind.VAN));
        int[] green = states(inBay1(new Pair(Colour.GREEN, Kind.CAR)).get(0), leftOut);
        assertThat(green[KIND_IN_BAY_1]).isEqualTo(HeadTarget.sparing(CAR, VAN));
        assertThat(green[COLOUR_IN_BAY_1]).isEqualTo(1 + Colour.GREEN.ordinal());
        int[] red = states(inBay1(new Pair(Colour.RED, Kind.VAN)).get(0), leftOut);
        assertThat(red[KIND_IN_BAY_1]).isEqualTo(VAN);
        assertThat(red[COLOUR_IN_BAY_1])
                .isEqualTo(
                        HeadTarget.sparing(1 + Colour.RED.ordinal(), 1 + Colour.GREEN.ordinal()));
    }

    @Test
    void theShadeOfAThingIsThatOfItsPaint() {
        Moment moment = inBay1(new Pair(Colour.BLUE, Kind.CAR)).get(0);
        Appearance car = Appearance.of(moment, Shades.ANY).get(first(moment));
        int[] states = states(moment, Set.of());
        assertThat(states[SHADE_IN_BAY_1]).isEqualTo(car.paint().getRGB() & 0xffffff);
        assertThat(states[SHADE_IN_BAY_1 + 1]).isEqualTo(HeadTarget.UNTOLD);
    }

    @ParameterizedTest
    @EnumSource(
            value = Colour.class,
            names = {"RED", "YELLOW", "GREEN", "BLUE"})
    void withoutColoursAThingMayBeWhiteOrBlackButIsOfNoOtherColour(Colour colour) {
        int[] grey =
                SceneStates.withoutColours(
                        states(inBay1(new Pair(colour, Kind.CAR)).get(0), Set.of()));
        assertThat(grey[KIND_IN_BAY_1]).isEqualTo(CAR);
        assertThat(grey[COLOUR_IN_BAY_1])
                .isEqualTo(
                        HeadTarget.anyOf(1 + Colour.WHITE.ordinal(), 1 + Colour.BLACK.ordinal()));
        Color shade = new Color(grey[SHADE_IN_BAY_1]);
        assertThat(shade.getRed()).isEqualTo(shade.getGreen()).isEqualTo(shade.getBlue());
    }

    @ParameterizedTest
    @EnumSource(
            value = Colour.class,
            names = {"WHITE", "BLACK"})
    void withoutColoursWhatIsWhiteOrBlackIsSoStill(Colour colour) {
        int[] states = states(inBay1(new Pair(colour, Kind.CAR)).get(0), Set.of());
        int[] grey = SceneStates.withoutColours(states);
        assertThat(grey[COLOUR_IN_BAY_1]).isEqualTo(states[COLOUR_IN_BAY_1]);
    }

    @Test
    void withoutColoursAllElseIsToldAsBefore() {
        int[] states = states(inBay1(new Pair(Colour.RED, Kind.VAN)).get(0), Set.of());
        int[] grey = SceneStates.withoutColours(states);
        try (TensorScope scope = TensorScope.open(ComputeDevice.CPU)) {
            List<HeadKind> kinds = SceneStates.palette(scope, new SplittableRandom(1)).kinds();
            assertThat(kinds).hasSameSizeAs(SceneStates.sizes()).hasSize(states.length);
            assertThat(kinds).filteredOn(kind -> kind == HeadKind.POINT).hasSize(10);
            assertThat(kinds).filteredOn(kind -> kind == HeadKind.SHADE).hasSize(10);
            IntStream.range(0, states.length)
                    .filter(head -> kinds.get(head) == HeadKind.CLASSES)
                    .forEach(
                            head -> {
                                assertThat(grey[head]).isEqualTo(states[head]);
                                assertThat(states[head]).isLessThan(SceneStates.sizes().get(head));
                            });
        }
    }

    @Test
    void onlyWhatIsInTheBoxLosesItsColour() {
        Moment moment = inBay1(new Pair(Colour.RED, Kind.VAN)).get(0);
        Map<Sighting, Appearance> looks = Appearance.of(moment, Shades.ANY);
        Box van = looks.get(first(moment)).box();
        int[] states = states(moment, Set.of());
        int[] grey = SceneStates.withoutColours(states);

        assertThat(SceneStates.withoutColours(states, moment, looks, van.widened(0.1)))
                .satisfies(
                        inside -> {
                            assertThat(inside[COLOUR_IN_BAY_1]).isEqualTo(grey[COLOUR_IN_BAY_1]);
                            assertThat(inside[SHADE_IN_BAY_1]).isEqualTo(grey[SHADE_IN_BAY_1]);
                        });
        assertThat(SceneStates.withoutColours(states, moment, looks, van))
                .satisfies(
                        inPart -> {
                            assertThat(inPart[COLOUR_IN_BAY_1]).isEqualTo(HeadTarget.UNTOLD);
                            assertThat(inPart[SHADE_IN_BAY_1]).isEqualTo(HeadTarget.UNTOLD);
                        });
        Box elsewhere = new Box(van.left(), 0, van.right(), 0.1);
        assertThat(SceneStates.withoutColours(states, moment, looks, elsewhere)).isEqualTo(states);
    }

    private static Sighting first(Moment moment) {
        return moment.sightings().stream()
                .filter(thing -> thing.spot() == Spot.BAY_1)
                .findFirst()
                .orElseThrow();
    }

    private static int[] states(Moment moment, Set<Pair> leftOut) {
        return SceneStates.of(moment, Appearance.of(moment, Shades.ANY), leftOut);
    }
}
