package dev.watchword.job.questions;

import dev.watchword.job.questions.YardQuestion.Mention;
import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.Pair;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Writes questions about several yards together, each of which has a name: in which of them something
 * was, where it was in exactly one. Immutable, for any thread.
 */
public final class CombinedQuestions {
    private static final int ATTEMPTS = 8;
    private static final int[] WEIGHTS = {6, 2, 1, 1};

    private final List<Pair> askable;

    /**
     * @param askable the pairs that questions may name
     */
    public CombinedQuestions(Collection<Pair> askable) {
        this.askable =
                askable.stream()
                        .filter(pair -> pair.kind() != Kind.PARCEL)
                        .distinct()
                        .sorted(Comparator.comparing(Pair::kind).thenComparing(Pair::colour))
                        .toList();
    }

    /**
     * Draws a question that is asked right after the last second of the truths' spans. The yard that
     * is the answer is drawn first.
     *
     * @param names of the yards
     * @param truths of the yards, in the order of the names
     * @return none where nothing was in that yard alone; then another draw may have one
     */
    public Optional<YardQuestion> ask(
            List<String> names, List<Truth> truths, RandomGenerator random) {
        int answer = random.nextInt(names.size());
        return Draw.within(
                ATTEMPTS,
                () ->
                        switch (Draw.weighted(WEIGHTS, random)) {
                            case 0 -> pair(names.get(answer), truths, answer, random);
                            case 1 -> kind(names.get(answer), truths, answer, random);
                            case 2 -> gate(names.get(answer), truths, answer, random);
                            default -> rain(names.get(answer), truths, answer, random);
                        });
    }

    private Optional<YardQuestion> pair(
            String name, List<Truth> truths, int answer, RandomGenerator random) {
        List<Pair> only =
                askable.stream()
                        .filter(
                                pair ->
                                        isOnly(
                                                truths,
                                                answer,
                                                truth -> truth.seen(pair),
                                                truth -> truth.doubtful(pair)))
                        .toList();
        return Draw.one(only, random)
                .map(
                        pair ->
                                seen(
                                        Nouns.one(pair),
                                        name,
                                        truths.get(answer).stays(pair),
                                        Set.of(pair),
                                        random));
    }

    private static Optional<YardQuestion> kind(
            String name, List<Truth> truths, int answer, RandomGenerator random) {
        List<Kind> only = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            if (isOnly(truths, answer, truth -> truth.seen(kind), truth -> truth.doubtful(kind))) {
                only.add(kind);
            }
        }
        return Draw.one(only, random)
                .map(
                        kind ->
                                seen(
                                        Nouns.one(kind),
                                        name,
                                        truths.get(answer).stays(kind),
                                        Set.of(),
                                        random));
    }

    private static YardQuestion seen(
            String noun, String name, List<Stay> stays, Set<Pair> about, RandomGenerator random) {
        String text = Wording.IN_WHICH_YARD.write(random, noun);
        List<Span> evidence = Colours.spans(stays);
        Mention mention = Mention.of(noun, text, 0, evidence.get(0).from());
        return new YardQuestion(
                Family.WHICH_YARD, text, name, evidence, about, List.of(mention), Optional.empty());
    }

    private static Optional<YardQuestion> gate(
            String name, List<Truth> truths, int answer, RandomGenerator random) {
        boolean open = random.nextBoolean();
        return isOnly(
                        truths,
                        answer,
                        truth -> truth.last().conditions().gateOpen() == open,
                        truth -> false)
                ? Optional.of(
                        question(
                                Wording.GATE_OF_WHICH_YARD.write(random, open ? "open" : "closed"),
                                name,
                                truths.get(answer).now()))
                : Optional.empty();
    }

    private static Optional<YardQuestion> rain(
            String name, List<Truth> truths, int answer, RandomGenerator random) {
        return isOnly(truths, answer, truth -> !truth.rain().isEmpty(), truth -> false)
                ? Optional.of(
                        question(
                                Wording.RAIN_IN_WHICH_YARD.write(random),
                                name,
                                truths.get(answer).rain()))
                : Optional.empty();
    }

    private static boolean isOnly(
            List<Truth> truths, int answer, Predicate<Truth> was, Predicate<Truth> perhaps) {
        for (int i = 0; i < truths.size(); i++) {
            if (was.test(truths.get(i)) != (i == answer)
                    || i != answer && perhaps.test(truths.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static YardQuestion question(String text, String name, List<Span> evidence) {
        return new YardQuestion(Family.WHICH_YARD, text, name, evidence, Set.of());
    }
}
