package dev.watchword.job.questions;

import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.Pair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Writes questions about how often something happened. */
final class EventCountQuestions {
    private static final double NOUGHT = 0.03;
    private static final int MOST = 5;
    private static final int ATTEMPTS = 3;

    private final List<Pair> askable;

    EventCountQuestions(List<Pair> askable) {
        this.askable = askable;
    }

    /** Something that can be counted: how to write it is found only for the one that is drawn. */
    private record Candidate(Wording wording, String name, List<Span> spans, Set<Pair> about) {}

    Optional<YardQuestion> ask(Truth truth, RandomGenerator random) {
        return Draw.within(ATTEMPTS, () -> attempt(truth, random));
    }

    private Optional<YardQuestion> attempt(Truth truth, RandomGenerator random) {
        int wanted = random.nextDouble() < NOUGHT ? 0 : 1 + random.nextInt(MOST);
        List<Candidate> fitting = new ArrayList<>();
        for (CountQuestions.Sort sort : CountQuestions.Sort.ALL) {
            addKinds(fitting, truth, wanted, sort.name(), sort.kinds());
        }
        for (Pair pair : askable) {
            if (wanted > 0 && fits(truth.stays(pair), wanted) && !truth.doubtful(pair)) {
                fitting.add(
                        new Candidate(
                                Wording.CAME,
                                Nouns.many(pair),
                                Colours.spans(truth.stays(pair)),
                                Set.of(pair)));
            }
        }
        List<Span> gate = truth.gateOpen();
        boolean closedAtBegin = gate.isEmpty() || gate.get(0).from() > truth.from();
        if (gate.size() == wanted && closedAtBegin) {
            fitting.add(new Candidate(Wording.GATE_OPENED, "", gate, Set.of()));
        }
        return Draw.one(fitting, random)
                .map(
                        candidate ->
                                new YardQuestion(
                                        Family.EVENT_COUNT,
                                        candidate.wording().write(random, candidate.name()),
                                        Integer.toString(wanted),
                                        candidate.spans(),
                                        candidate.about()));
    }

    private static void addKinds(
            List<Candidate> into, Truth truth, int wanted, String name, Set<Kind> kinds) {
        int count = 0;
        for (Kind kind : kinds) {
            List<Stay> stays = truth.stays(kind);
            if (truth.doubtful(kind) || !fits(stays, stays.size())) {
                return;
            }
            count += stays.size();
        }
        if (count == wanted) {
            into.add(
                    new Candidate(
                            kinds.equals(EnumSet.of(Kind.PARCEL))
                                    ? Wording.PARCELS_CAME
                                    : Wording.CAME,
                            name,
                            spans(truth, kinds),
                            Set.of()));
        }
    }

    /** Whether there are so many, of which none was there from the beginning. */
    private static boolean fits(List<Stay> stays, int wanted) {
        if (stays.size() != wanted) {
            return false;
        }
        for (Stay stay : stays) {
            if (!stay.came()) {
                return false;
            }
        }
        return true;
    }

    private static List<Span> spans(Truth truth, Set<Kind> kinds) {
        Stream<Stay> stays = kinds.stream().flatMap(kind -> truth.stays(kind).stream());
        return stays.map(Stay::seen).sorted(Comparator.comparingInt(Span::from)).toList();
    }
}
