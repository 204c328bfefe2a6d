package dev.watchword.job.questions;

import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.Pair;
import dev.watchword.job.yard.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Draws what is, or is not, there at the last second. */
final class Presence {
    private static final double SEEN_EARLIER = 0.5;

    private final List<Pair> askable;

    Presence(List<Pair> askable) {
        this.askable = askable;
    }

    /**
     * Draws a pair. One that is not there was often there earlier, or shares its kind or colour with
     * one that is.
     */
    Optional<Pair> pair(Truth truth, boolean there, RandomGenerator random) {
        List<Pair> clear =
                truth.clearNow(visit -> true).stream().map(Visit::pair).distinct().toList();
        if (there) {
            return Draw.one(clear.stream().filter(askable::contains).toList(), random);
        }
        if (random.nextDouble() < SEEN_EARLIER) {
            List<Pair> earlier = new ArrayList<>();
            for (Pair pair : askable) {
                if (truth.seen(pair) && absent(truth, pair)) {
                    earlier.add(pair);
                }
            }
            if (!earlier.isEmpty()) {
                return Draw.one(earlier, random);
            }
        }
        return Lures.draw(
                askable,
                pair -> absent(truth, pair),
                Lures.kinds(clear),
                Lures.colours(clear),
                random);
    }

    private static boolean absent(Truth truth, Pair pair) {
        return verdict(truth, pair) == Verdict.NO;
    }

    /** Whether a pair is there at the last second. */
    static Verdict verdict(Truth truth, Pair pair) {
        return new Fact.Present(pair.kind(), Optional.of(pair.colour())).in(truth.last());
    }

    /** Draws a kind; one that is not there was there earlier if there is such a one. */
    static Optional<Kind> kind(
            Truth truth, List<Kind> kinds, boolean there, RandomGenerator random) {
        List<Kind> fitting = new ArrayList<>();
        List<Kind> seen = new ArrayList<>();
        for (Kind kind : kinds) {
            Verdict verdict = new Fact.Present(kind, Optional.empty()).in(truth.last());
            if (verdict == (there ? Verdict.YES : Verdict.NO)) {
                fitting.add(kind);
                if (truth.seen(kind)) {
                    seen.add(kind);
                }
            }
        }
        boolean earlier = !seen.isEmpty() && random.nextDouble() < SEEN_EARLIER;
        return Draw.one(earlier ? seen : fitting, random);
    }
}
