package dev.watchword.job.train;

import dev.watchword.job.yard.Colour;
import dev.watchword.job.yard.Conditions;
import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.Moment;
import dev.watchword.job.yard.Sighting;
import dev.watchword.job.yard.Spot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What the state heads are to tell of a picture: the yard's conditions, what stands on each spot and
 * in which colour, and how many there are of each kind. Kind and colour are told by different heads,
 * so that a pair that was never seen is not told to be impossible.
 */
final class SceneStates {
    private static final double CLEAR = 0.6;
    private static final int UNTOLD = -1;
    private static final int COLOURS = Colour.values().length + 1;
    private static final int MOST = 4;

    private static final List<Spot> VEHICLES =
            List.of(Spot.BAY_1, Spot.BAY_2, Spot.BAY_3, Spot.LANE);
    private static final List<Spot> RACKS = List.of(Spot.RACK_1, Spot.RACK_2);
    private static final List<Spot> PATHS = List.of(Spot.FAR_PATH, Spot.NEAR_PATH);
    private static final List<Spot> STEPS = List.of(Spot.DOORSTEP_1, Spot.DOORSTEP_2);
    private static final Map<Kind, Integer> VEHICLE_CLASSES =
            Map.of(Kind.CAR, 1, Kind.VAN, 2, Kind.BICYCLE, 3);

    private SceneStates() {}

    /** How many classes each head tells apart. */
    static List<Integer> sizes() {
        List<Integer> sizes = new ArrayList<>(List.of(2, 2, 2, 3, 2));
        VEHICLES.forEach(spot -> sizes.addAll(List.of(4, COLOURS)));
        RACKS.forEach(spot -> sizes.add(COLOURS));
        PATHS.forEach(spot -> sizes.addAll(List.of(COLOURS, COLOURS)));
        STEPS.forEach(spot -> sizes.add(2));
        Arrays.stream(Kind.values()).forEach(kind -> sizes.add(MOST + 1));
        return sizes;
    }

    /** The class that each head should give; -1 where a thing is half hidden. */
    static int[] of(Moment moment) {
        Conditions conditions = moment.conditions();
        List<Integer> states =
                new ArrayList<>(
                        List.of(
                                conditions.gateOpen() ? 1 : 0,
                                conditions.doorOpen() ? 1 : 0,
                                conditions.lampOn() ? 1 : 0,
                                conditions.daylight().ordinal(),
                                conditions.raining() ? 1 : 0));
        for (Spot spot : VEHICLES) {
            List<Sighting> here = at(moment, spot);
            states.add(told(here, VEHICLE_CLASSES.getOrDefault(kindOf(here), 0)));
            states.add(colour(here));
        }
        RACKS.forEach(spot -> states.add(colour(at(moment, spot))));
        for (Spot spot : PATHS) {
            List<Sighting> here = at(moment, spot);
            states.add(colour(only(here, Kind.PERSON)));
            states.add(colour(only(here, Kind.DOG)));
        }
        STEPS.forEach(spot -> states.add(told(at(moment, spot), at(moment, spot).size())));
        for (Kind kind : Kind.values()) {
            List<Sighting> all = only(moment.sightings(), kind);
            states.add(told(all, Math.min(MOST, all.size())));
        }
        return states.stream().mapToInt(Integer::intValue).toArray();
    }

    private static Kind kindOf(List<Sighting> here) {
        return here.isEmpty() ? Kind.PARCEL : here.get(0).visit().kind();
    }

    private static int colour(List<Sighting> here) {
        return told(here, here.isEmpty() ? 0 : 1 + here.get(0).visit().colour().ordinal());
    }

    private static int told(List<Sighting> things, int state) {
        for (Sighting thing : things) {
            if (thing.visible() < CLEAR) {
                return UNTOLD;
            }
        }
        return state;
    }

    private static List<Sighting> at(Moment moment, Spot spot) {
        return moment.sightings().stream().filter(thing -> thing.spot() == spot).toList();
    }

    private static List<Sighting> only(List<Sighting> things, Kind kind) {
        return things.stream().filter(thing -> thing.visit().kind() == kind).toList();
    }
}
