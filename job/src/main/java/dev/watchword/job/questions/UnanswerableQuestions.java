package dev.watchword.job.questions;

import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Writes questions after the colour of what never was, and as many of the same after what was. */
final class UnanswerableQuestions {
    private static final List<Kind> KINDS =
            List.of(Kind.CAR, Kind.VAN, Kind.BICYCLE, Kind.PERSON, Kind.DOG);

    private final Colours colours;

    UnanswerableQuestions(List<Pair> askable) {
        this.colours = new Colours(askable, Family.UNANSWERABLE);
    }

    Optional<YardQuestion> ask(Truth truth, RandomGenerator random) {
        return random.nextBoolean() ? colours.ask(truth, random) : absent(truth, random);
    }

    private static Optional<YardQuestion> absent(Truth truth, RandomGenerator random) {
        List<YardQuestion> fitting = new ArrayList<>();
        for (Kind kind : KINDS) {
            if (!truth.seen(kind) && !truth.doubtful(kind)) {
                boolean owner = kind == Kind.DOG && random.nextBoolean();
                String text =
                        owner ? Wording.OWNER_THEN.write(random) : Colours.wording(kind, random);
                fitting.add(question(text, kind));
            }
        }
        return Draw.one(fitting, random);
    }

    private static YardQuestion question(String text, Kind kind) {
        return new YardQuestion(
                Family.UNANSWERABLE, text, "there was no " + Nouns.one(kind), List.of(), Set.of());
    }
}
