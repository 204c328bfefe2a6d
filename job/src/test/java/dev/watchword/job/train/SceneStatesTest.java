package dev.watchword.job.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.yard.Colour;
import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.Moment;
import dev.watchword.job.yard.Pair;
import dev.watchword.job.yard.Population;
import dev.watchword.job.yard.ScriptedYard;
import dev.watchword.job.yard.Spot;
import dev.watchword.job.yard.Yard;
import dev.watchword.job.yard.YardOptions;
import dev.watchword.model.training.HeadTarget;
import dev.watchword.model.training.Palette;
import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SceneStatesTest {
    private static final int KIND_IN_BAY_1 = 5;
    private static final int COLOUR_IN_BAY_1 = 6;
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
        int[] states = SceneStates.of(inBay1(new Pair(Colour.GREEN, Kind.CAR)).get(0), Set.of());
        assertThat(states[KIND_IN_BAY_1]).isEqualTo(CAR);
        assertThat(states[COLOUR_IN_BAY_1]).isEqualTo(1 + Colour.GREEN.ordinal());
    }

    @Test
    void whatIsLeftOutIsNotCountedAgainstWhatSharesItsColourOrItsKind() {
        Set<Pair> leftOut = Set.of(new Pair(Colour.GREEN, Kind.VAN));
        int[] green = SceneStates.of(inBay1(new Pair(Colour.GREEN, Kind.CAR)).get(0), leftOut);
        assertThat(green[KIND_IN_BAY_1]).isEqualTo(HeadTarget.sparing(CAR, VAN));
        assertThat(green[COLOUR_IN_BAY_1]).isEqualTo(1 + Colour.GREEN.ordinal());
        int[] red = SceneStates.of(inBay1(new Pair(Colour.RED, Kind.VAN)).get(0), leftOut);
        assertThat(red[KIND_IN_BAY_1]).isEqualTo(VAN);
        assertThat(red[COLOUR_IN_BAY_1])
                .isEqualTo(
                        HeadTarget.sparing(1 + Colour.RED.ordinal(), 1 + Colour.GREEN.ordinal()));
    }

    @Test
    void aPictureWithoutColoursTellsAllButTheSharedHeads() {
        int[] states = SceneStates.of(inBay1(new Pair(Colour.RED, Kind.VAN)).get(0), Set.of());
        int[] grey = SceneStates.withoutColours(states);
        try (TensorScope scope = TensorScope.open(ComputeDevice.CPU)) {
            Palette palette = SceneStates.palette(scope, new SplittableRandom(1));
            assertThat(palette.shared()).hasSameSizeAs(SceneStates.sizes());
            assertThat(palette.shared()).filteredOn(shared -> shared).hasSize(10);
            IntStream.range(0, states.length)
                    .forEach(
                            head -> {
                                boolean shared = palette.shared().get(head);
                                assertThat(grey[head])
                                        .isEqualTo(shared ? HeadTarget.UNTOLD : states[head]);
                                if (!shared) {
                                    assertThat(states[head])
                                            .isLessThan(SceneStates.sizes().get(head));
                                }
                            });
        }
    }
}
