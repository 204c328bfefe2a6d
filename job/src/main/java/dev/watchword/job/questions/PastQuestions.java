package dev.watchword.job.questions;

import dev.watchword.job.yard.Colour;
import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Writes questions about what was ever to be seen. */
final class PastQuestions {
    private static final int ATTEMPTS = 6;
    private static final int[] WEIGHTS = {10, 3, 1, 2, 6};

    private final List<Pair> askable;
    private final Colours colours;

    PastQuestions(List<Pair> askable) {
        this.askable = askable;
        this.colours = new Colours(askable, Family.PAST);
    }

    Optional<YardQuestion> ask(Truth truth, RandomGenerator random) {
        boolean wanted = random.nextBoolean();
        return Draw.within(
                ATTEMPTS,
                () ->
                        switch (Draw.weighted(WEIGHTS, random)) {
                            case 0 -> wasThere(truth, wanted, random);
                            case 1 -> kind(truth, wanted, random);
                            case 2 -> rain(truth, wanted, random);
                            case 3 -> owner(truth, wanted, random);
                            default -> colours.ask(truth, random);
                        });
    }

    /** Draws a pair that was seen, or one that was not and could well have been. */
    Optional<Pair> pair(Truth truth, boolean seen, RandomGenerator random) {
        List<Pair> all = askable.stream().filter(truth::seen).toList();
        return seen
                ? Draw.one(all, random)
                : Lures.draw(
                        askable,
                        pair -> !truth.seen(pair) && !truth.doubtful(pair),
                        Lures.kinds(all),
                        Lures.colours(all),
                        random);
    }

    private Optional<YardQuestion> wasThere(Truth truth, boolean wanted, RandomGenerator random) {
        return pair(truth, wanted, random)
                .map(
                        pair ->
                                question(
                                        Wording.WAS_THERE.write(
                                                random,
                                                random.nextBoolean()
                                                        ? Nouns.one(pair)
                                                        : Nouns.inFull(pair)),
                                        wanted,
                                        Colours.spans(truth.stays(pair)),
                                        Set.of(pair)));
    }

    private static Optional<YardQuestion> kind(
            Truth truth, boolean wanted, RandomGenerator random) {
        List<Kind> fitting = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            if (truth.seen(kind) == wanted && (wanted || !truth.doubtful(kind))) {
                fitting.add(kind);
            }
        }
        return Draw.one(fitting, random)
                .map(
                        kind ->
                                question(
                                        kind == Kind.PARCEL
                                                ? Wording.WAS_PARCEL_THERE.write(random)
                                                : Wording.WAS_THERE.write(random, Nouns.one(kind)),
                                        wanted,
                                        Colours.spans(truth.stays(kind)),
                                        Set.of()));
    }

    private static Optional<YardQuestion> rain(
            Truth truth, boolean wanted, RandomGenerator random) {
        return truth.rain().isEmpty() == wanted
                ? Optional.empty()
                : Optional.of(
                        question(
                                Wording.DID_IT_RAIN.write(random), wanted, truth.rain(), Set.of()));
    }

    /** A person in this coat with a dog: the lures are coats that came without one. */
    private Optional<YardQuestion> owner(Truth truth, boolean wanted, RandomGenerator random) {
        List<Colour> fitting = new ArrayList<>();
        for (Colour colour : truth.colours(Kind.PERSON)) {
            boolean walked = truth.dogsByOwner().containsKey(colour);
            boolean sure = walked || !truth.doubtfulOwners();
            if (walked == wanted && sure && askable.contains(new Pair(colour, Kind.PERSON))) {
                fitting.add(colour);
            }
        }
        if (!wanted && !truth.seen(Kind.DOG)) {
            return Optional.empty();
        }
        return Draw.one(fitting, random)
                .map(
                        colour ->
                                question(
                                        Wording.DID_OWNER_COME.write(random, Nouns.of(colour)),
                                        wanted,
                                        wanted
                                                ? Colours.spans(truth.dogsByOwner().get(colour))
                                                : List.of(),
                                        Set.of(new Pair(colour, Kind.PERSON))));
    }

    private static YardQuestion question(
            String text, boolean yes, List<Span> evidence, Set<Pair> about) {
        return new YardQuestion(Family.PAST, text, yes ? "yes" : "no", evidence, about);
    }
}
