package dev.watchword.job.questions;

import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.Visit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Writes questions about how many there are at the last second. */
final class CountQuestions {
    private static final int ATTEMPTS = 3;

    /** How often each number is wanted: much of a kind is seldom found. */
    private static final int[] WEIGHTS = {4, 16, 35, 45};

    /**
     * What is counted.
     *
     * @param name of several
     */
    record Sort(String name, Set<Kind> kinds) {
        static final List<Sort> ALL = all();

        /** Whether a visit is one of it. */
        boolean counts(Visit visit) {
            return kinds.contains(visit.kind());
        }

        private static List<Sort> all() {
            List<Sort> sorts = new ArrayList<>();
            for (Kind kind : Kind.values()) {
                sorts.add(new Sort(Nouns.many(kind), EnumSet.of(kind)));
            }
            sorts.add(new Sort("vehicles", EnumSet.of(Kind.CAR, Kind.VAN)));
            return List.copyOf(sorts);
        }
    }

    Optional<YardQuestion> ask(Truth truth, RandomGenerator random) {
        return Draw.within(ATTEMPTS, () -> attempt(truth, random));
    }

    private static Optional<YardQuestion> attempt(Truth truth, RandomGenerator random) {
        int wanted = Draw.weighted(WEIGHTS, random);
        List<Sort> fitting = new ArrayList<>();
        for (Sort sort : Sort.ALL) {
            if (truth.clearNow(sort::counts).size() == wanted && !truth.doubtfulNow(sort::counts)) {
                fitting.add(sort);
            }
        }
        return Draw.one(fitting, random)
                .map(
                        sort ->
                                new YardQuestion(
                                        Family.NOW_COUNT,
                                        Wording.COUNT_NOW.write(random, sort.name()),
                                        Integer.toString(wanted),
                                        truth.now(),
                                        Set.of()));
    }
}
