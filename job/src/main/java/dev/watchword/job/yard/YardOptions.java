package dev.watchword.job.yard;

import java.util.Set;

/**
 * What happens in a yard, and how much of it.
 *
 * @param population who comes
 * @param meanSecondsBetweenArrivals how quiet it is, at least 1: 8 is busy, 120 is quiet
 * @param emptyEnds whether nothing is in the picture but the yard itself in the first two and the
 *     last two seconds; otherwise there are things that were there before, or stay on
 */
public record YardOptions(
        Population population, double meanSecondsBetweenArrivals, boolean emptyEnds) {
    private static final double BUSY = 8;
    private static final double QUIET = 120;

    public YardOptions {
        if (!(meanSecondsBetweenArrivals >= 1)) {
            throw new IllegalArgumentException(
                    "Give at least 1 second between arrivals, not " + meanSecondsBetweenArrivals);
        }
    }

    /** Draws a population and how busy it is, with things at the ends. */
    public static YardOptions of(long seed) {
        return of(seed, Set.of());
    }

    /** Draws a population without the barred, and how busy it is, with things at the ends. */
    public static YardOptions of(long seed, Set<Pair> barred) {
        double share = Seeds.unit(seed, 0x7472);
        return new YardOptions(
                Population.of(seed, barred), BUSY * Math.pow(QUIET / BUSY, share), false);
    }

    /** Returns the same with another population. */
    public YardOptions withPopulation(Population other) {
        return new YardOptions(other, meanSecondsBetweenArrivals, emptyEnds);
    }

    /** Returns the same, busier or quieter. */
    public YardOptions withMeanSecondsBetweenArrivals(double other) {
        return new YardOptions(population, other, emptyEnds);
    }

    /** Returns the same with nothing in the picture at either end. */
    public YardOptions withEmptyEnds() {
        return new YardOptions(population, meanSecondsBetweenArrivals, true);
    }
}
