package dev.watchword.job.questions;

import dev.watchword.job.yard.Colour;
import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.Pair;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Finds pairs that were not there, but could well have been. */
final class Lures {
    private static final double PLAUSIBLE = 0.85;

    private Lures() {}

    /**
     * Draws an absent pair; mostly one whose kind or colour is there.
     *
     * @param absent whether a pair is certainly not there
     */
    static Optional<Pair> draw(
            List<Pair> askable,
            Predicate<Pair> absent,
            Set<Kind> kinds,
            Set<Colour> colours,
            RandomGenerator random) {
        List<Pair> close = new ArrayList<>();
        List<Pair> all = new ArrayList<>();
        for (Pair pair : askable) {
            if (absent.test(pair)) {
                all.add(pair);
                if (kinds.contains(pair.kind()) || colours.contains(pair.colour())) {
                    close.add(pair);
                }
            }
        }
        boolean plausible = !close.isEmpty() && random.nextDouble() < PLAUSIBLE;
        return Draw.one(plausible ? close : all, random);
    }

    /** The kinds of pairs. */
    static Set<Kind> kinds(List<Pair> pairs) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        pairs.forEach(pair -> kinds.add(pair.kind()));
        return kinds;
    }

    /** The colours of pairs. */
    static Set<Colour> colours(List<Pair> pairs) {
        Set<Colour> colours = EnumSet.noneOf(Colour.class);
        pairs.forEach(pair -> colours.add(pair.colour()));
        return colours;
    }
}
