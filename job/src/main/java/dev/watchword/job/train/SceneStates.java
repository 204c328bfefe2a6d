package dev.watchword.job.train;

import dev.watchword.job.yard.Appearance;
import dev.watchword.job.yard.Box;
import dev.watchword.job.yard.Colour;
import dev.watchword.job.yard.Conditions;
import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.Moment;
import dev.watchword.job.yard.Pair;
import dev.watchword.job.yard.Sighting;
import dev.watchword.job.yard.Spot;
import dev.watchword.model.training.HeadKind;
import dev.watchword.model.training.HeadTarget;
import dev.watchword.model.training.Palette;
import dev.watchword.tensor.TensorScope;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * What the state heads are to tell of a picture: the yard's conditions, what stands on each spot, in
 * which colour and in which shade of it, and how many there are of each kind. Kind and colour are
 * told by different heads, neither is counted much against a pair that is left out, and all heads
 * share the colours of one palette, so that a pair that was never seen is not learnt to be
 * impossible. The shade, as red, green and blue, keeps a colour from being known by one of the three
 * alone.
 */
final class SceneStates {
    private static final double CLEAR = 0.6;
    private static final int CONDITIONS = 5;
    private static final int COLOURS = Colour.values().length + 1;

    /** Numbers of a point among the colours: too few to keep each apart for every head anew. */
    private static final int POINT = 4;

    private static final int SHADE = 3;
    private static final int MOST = 4;

    /** How far the camera's shake may move a thing, in shares of the side, and a little more. */
    private static final double SHAKE = 0.02;

    private static final List<Spot> VEHICLES =
            List.of(Spot.BAY_1, Spot.BAY_2, Spot.BAY_3, Spot.LANE);
    private static final List<Spot> RACKS = List.of(Spot.RACK_1, Spot.RACK_2);
    private static final List<Spot> PATHS = List.of(Spot.FAR_PATH, Spot.NEAR_PATH);
    private static final List<Spot> STEPS = List.of(Spot.DOORSTEP_1, Spot.DOORSTEP_2);
    private static final Map<Kind, Integer> VEHICLE_CLASSES =
            Map.of(Kind.CAR, 1, Kind.VAN, 2, Kind.BICYCLE, 3);

    private static final int[] COLOUR_HEADS = colourHeads().toArray();

    /** The heads that tell shades stand last, in the order of those that tell colours. */
    private static final int[] SHADE_HEADS =
            IntStream.range(sizes().size() - COLOUR_HEADS.length, sizes().size()).toArray();

    private SceneStates() {}

    /** How many classes each head tells apart, or how many numbers it gives. */
    static List<Integer> sizes() {
        List<Integer> sizes = new ArrayList<>(List.of(2, 2, 2, 3, 2));
        VEHICLES.forEach(spot -> sizes.addAll(List.of(4, POINT)));
        RACKS.forEach(spot -> sizes.add(POINT));
        PATHS.forEach(spot -> sizes.addAll(List.of(POINT, POINT)));
        STEPS.forEach(spot -> sizes.add(2));
        Arrays.stream(Kind.values()).forEach(kind -> sizes.add(MOST + 1));
        sizes.addAll(Collections.nCopies(COLOUR_HEADS.length, SHADE));
        return sizes;
    }

    /** The colours, as nothing has learnt them yet; the first is that of nothing. */
    static Palette palette(TensorScope scope, RandomGenerator random) {
        int heads = sizes().size();
        List<HeadKind> kinds = new ArrayList<>(Collections.nCopies(heads, HeadKind.CLASSES));
        for (int i = 0; i < COLOUR_HEADS.length; i++) {
            kinds.set(COLOUR_HEADS[i], HeadKind.POINT);
            kinds.set(SHADE_HEADS[i], HeadKind.SHADE);
        }
        return Palette.random(scope, kinds, COLOURS, POINT, random);
    }

    private static IntStream colourHeads() {
        int racks = CONDITIONS + 2 * VEHICLES.size();
        return IntStream.concat(
                IntStream.range(0, VEHICLES.size()).map(spot -> CONDITIONS + 2 * spot + 1),
                IntStream.range(racks, racks + RACKS.size() + 2 * PATHS.size()));
    }

    /** The things whose colours are told, head by head; none where nothing is. */
    private static List<List<Sighting>> coloured(Moment moment) {
        List<List<Sighting>> things = new ArrayList<>();
        VEHICLES.forEach(spot -> things.add(at(moment, spot)));
        RACKS.forEach(spot -> things.add(at(moment, spot)));
        for (Spot spot : PATHS) {
            things.add(only(at(moment, spot), Kind.PERSON));
            things.add(only(at(moment, spot), Kind.DOG));
        }
        return things;
    }

    /**
     * What each head should give; nothing where a thing is half hidden.
     *
     * @param looks how the moment's things look
     * @param leftOut pairs that are never shown
     */
    static int[] of(Moment moment, Map<Sighting, Appearance> looks, Set<Pair> leftOut) {
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
            states.add(kind(here, leftOut));
            states.add(here.isEmpty() ? 0 : colour(here, kindOf(here), leftOut));
        }
        RACKS.forEach(spot -> states.add(colour(at(moment, spot), Kind.BICYCLE, leftOut)));
        for (Spot spot : PATHS) {
            List<Sighting> here = at(moment, spot);
            states.add(colour(only(here, Kind.PERSON), Kind.PERSON, leftOut));
            states.add(colour(only(here, Kind.DOG), Kind.DOG, leftOut));
        }
        STEPS.forEach(spot -> states.add(told(at(moment, spot), at(moment, spot).size())));
        for (Kind kind : Kind.values()) {
            List<Sighting> all = only(moment.sightings(), kind);
            states.add(told(all, Math.min(MOST, all.size())));
        }
        coloured(moment).forEach(here -> states.add(shade(here, looks)));
        return states.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The same of a picture without colours, where nothing is told of them. */
    static int[] withUntoldColours(int[] states) {
        int[] grey = states.clone();
        for (int i = 0; i < COLOUR_HEADS.length; i++) {
            grey[COLOUR_HEADS[i]] = HeadTarget.UNTOLD;
            grey[SHADE_HEADS[i]] = HeadTarget.UNTOLD;
        }
        return grey;
    }

    /**
     * The same of a picture without colours: what is not white or black looks as if it might be
     * either, and is of no other colour; its shade is a grey.
     */
    static int[] withoutColours(int[] states) {
        int[] grey = states.clone();
        for (int i = 0; i < COLOUR_HEADS.length; i++) {
            grey[COLOUR_HEADS[i]] = colourless(states[COLOUR_HEADS[i]]);
            grey[SHADE_HEADS[i]] = grey(states[SHADE_HEADS[i]]);
        }
        return grey;
    }

    /**
     * The same of a picture that has no colours in a box; nothing is told of the colour of what is
     * there in part.
     *
     * @param looks where the moment's things are
     */
    static int[] withoutColours(
            int[] states, Moment moment, Map<Sighting, Appearance> looks, Box box) {
        int[] grey = withoutColours(states);
        int[] some = states.clone();
        List<List<Sighting>> things = coloured(moment);
        for (int i = 0; i < COLOUR_HEADS.length; i++) {
            if (things.get(i).isEmpty()) {
                continue;
            }
            Box thing = looks.get(things.get(i).get(0)).box().widened(SHAKE);
            if (!box.misses(thing)) {
                boolean whole = box.holds(thing);
                some[COLOUR_HEADS[i]] = whole ? grey[COLOUR_HEADS[i]] : HeadTarget.UNTOLD;
                some[SHADE_HEADS[i]] = whole ? grey[SHADE_HEADS[i]] : HeadTarget.UNTOLD;
            }
        }
        return some;
    }

    private static int colourless(int target) {
        if (target == HeadTarget.UNTOLD) {
            return target;
        }
        int colour = HeadTarget.classOf(target);
        if (colour == 0 || Colour.values()[colour - 1].isNeutral()) {
            return target;
        }
        int white = classOf(Colour.WHITE);
        int black = classOf(Colour.BLACK);
        return colour == classOf(Colour.BROWN)
                ? HeadTarget.anyOf(white, black, colour)
                : HeadTarget.anyOf(white, black);
    }

    private static int grey(int shade) {
        if (shade == HeadTarget.UNTOLD) {
            return shade;
        }
        Color paint = new Color(shade);
        int luminance = Variation.luminance(paint.getRed(), paint.getGreen(), paint.getBlue());
        return HeadTarget.shade(luminance, luminance, luminance);
    }

    private static int shade(List<Sighting> here, Map<Sighting, Appearance> looks) {
        if (here.isEmpty()) {
            return HeadTarget.UNTOLD;
        }
        Color paint = looks.get(here.get(0)).paint();
        return told(here, HeadTarget.shade(paint.getRed(), paint.getGreen(), paint.getBlue()));
    }

    private static int classOf(Colour colour) {
        return 1 + colour.ordinal();
    }

    private static Kind kindOf(List<Sighting> here) {
        return here.isEmpty() ? Kind.PARCEL : here.get(0).visit().kind();
    }

    private static int kind(List<Sighting> here, Set<Pair> leftOut) {
        int target = told(here, VEHICLE_CLASSES.getOrDefault(kindOf(here), 0));
        for (Pair pair : leftOut) {
            boolean looksAlike = !here.isEmpty() && pair.colour() == here.get(0).visit().colour();
            if (looksAlike && VEHICLE_CLASSES.containsKey(pair.kind())) {
                target = HeadTarget.sparing(target, VEHICLE_CLASSES.get(pair.kind()));
            }
        }
        return target;
    }

    /** White and black may be right where there are no colours, and so they are only doubted. */
    private static int colour(List<Sighting> here, Kind kind, Set<Pair> leftOut) {
        int target = told(here, here.isEmpty() ? 0 : classOf(here.get(0).visit().colour()));
        for (Colour never : neverShown(kind, leftOut)) {
            target =
                    never.isNeutral()
                            ? HeadTarget.doubting(target, classOf(never))
                            : HeadTarget.sparing(target, classOf(never));
        }
        return target;
    }

    /** A colour's target that spares the colours in which a kind of thing is never shown. */
    static int sparingColours(int colour, Kind kind, Set<Pair> leftOut) {
        int target = colour;
        for (Colour never : neverShown(kind, leftOut)) {
            target = HeadTarget.sparing(target, classOf(never));
        }
        return target;
    }

    private static List<Colour> neverShown(Kind kind, Set<Pair> leftOut) {
        return leftOut.stream().filter(pair -> pair.kind() == kind).map(Pair::colour).toList();
    }

    private static int told(List<Sighting> things, int state) {
        for (Sighting thing : things) {
            if (thing.visible() < CLEAR) {
                return HeadTarget.UNTOLD;
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
