package dev.watchword.job.yard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Who comes to a yard: a few of all the possible {@link Pair}s, each as often as its weight says
 * against the others of its sort. Most pairs never come; some of those who do, once in hours.
 */
public record Population(List<Regular> regulars) {
    /** The colours of vehicles, bicycles and coats. */
    public static final List<Colour> PAINTS =
            List.of(
                    Colour.RED,
                    Colour.YELLOW,
                    Colour.GREEN,
                    Colour.BLUE,
                    Colour.WHITE,
                    Colour.BLACK);

    /** The colours of dogs. */
    public static final List<Colour> COATS_OF_DOGS =
            List.of(Colour.BROWN, Colour.WHITE, Colour.BLACK);

    /** What all parcels look like. */
    public static final Pair PARCEL = new Pair(Colour.BROWN, Kind.PARCEL);

    private static final double RAREST = Math.log(1.0 / 150);
    private static final double YARDS_WITH_PARCELS = 0.8;

    /**
     * One who comes.
     *
     * @param pair what it is
     * @param weight above 0, at most 1: how often it comes against the others of its sort
     */
    public record Regular(Pair pair, double weight) {}

    public Population {
        regulars = List.copyOf(regulars);
    }

    /**
     * Draws who comes to a yard: 3 to 8 vehicles and bicycles, 2 to 4 coats, up to 2 dogs, and in
     * most yards parcels.
     *
     * @param barred pairs that must not come
     */
    public static Population of(long seed, Set<Pair> barred) {
        SplittableRandom random = new SplittableRandom(Seeds.mix(seed, 0x706f70));
        List<Regular> regulars = new ArrayList<>();
        draw(regulars, pairs(Kind.ON_WHEELS, PAINTS), barred, random.nextInt(3, 9), random);
        draw(regulars, pairs(List.of(Kind.PERSON), PAINTS), barred, random.nextInt(2, 5), random);
        draw(regulars, pairs(List.of(Kind.DOG), COATS_OF_DOGS), barred, random.nextInt(3), random);
        int parcels = random.nextDouble() < YARDS_WITH_PARCELS ? 1 : 0;
        draw(regulars, List.of(PARCEL), barred, parcels, random);
        return new Population(regulars);
    }

    /** Returns every pair that can come to any yard. */
    public static List<Pair> allPairs() {
        List<Pair> all = pairs(Kind.ON_WHEELS, PAINTS);
        all.addAll(pairs(List.of(Kind.PERSON), PAINTS));
        all.addAll(pairs(List.of(Kind.DOG), COATS_OF_DOGS));
        all.add(PARCEL);
        return all;
    }

    /** Returns who comes. */
    public Set<Pair> pairs() {
        return regulars.stream().map(Regular::pair).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns those of the given kinds. */
    List<Regular> ofKinds(Set<Kind> kinds) {
        return regulars.stream().filter(regular -> kinds.contains(regular.pair().kind())).toList();
    }

    /** Draws one by weight; none of none. */
    static Optional<Regular> pick(List<Regular> among, SplittableRandom random) {
        double rest = random.nextDouble() * among.stream().mapToDouble(Regular::weight).sum();
        for (Regular regular : among) {
            rest -= regular.weight();
            if (rest < 0) {
                return Optional.of(regular);
            }
        }
        return among.stream().findFirst();
    }

    private static List<Pair> pairs(Collection<Kind> kinds, List<Colour> colours) {
        List<Pair> pairs = new ArrayList<>();
        for (Kind kind : kinds) {
            for (Colour colour : colours) {
                pairs.add(new Pair(colour, kind));
            }
        }
        return pairs;
    }

    private static void draw(
            List<Regular> into,
            List<Pair> among,
            Set<Pair> barred,
            int count,
            SplittableRandom random) {
        TreeMap<Double, Pair> shuffled = new TreeMap<>(Comparator.naturalOrder());
        for (Pair pair : among) {
            shuffled.put(random.nextDouble(), pair);
        }
        shuffled.values().stream()
                .filter(pair -> !barred.contains(pair))
                .limit(count)
                .forEach(
                        pair ->
                                into.add(
                                        new Regular(pair, Math.exp(RAREST * random.nextDouble()))));
    }
}
