package dev.watchword.job.questions;

import dev.watchword.job.yard.Colour;
import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Writes questions after the colour of something that was seen in one colour only. */
final class Colours {
    private static final List<Kind> KINDS =
            List.of(Kind.CAR, Kind.VAN, Kind.BICYCLE, Kind.PERSON, Kind.DOG);

    private final List<Pair> askable;
    private final Family family;

    Colours(List<Pair> askable, Family family) {
        this.askable = askable;
        this.family = family;
    }

    Optional<YardQuestion> ask(Truth truth, RandomGenerator random) {
        List<YardQuestion> fitting = new ArrayList<>();
        for (Kind kind : KINDS) {
            List<Colour> colours = truth.colours(kind);
            if (colours.size() == 1 && !truth.doubtful(kind)) {
                Pair pair = new Pair(colours.get(0), kind);
                add(fitting, wording(kind, random), pair, truth.stays(pair));
            }
        }
        if (truth.dogsByOwner().size() == 1 && !truth.doubtfulOwners()) {
            Colour coat = truth.dogsByOwner().keySet().iterator().next();
            add(
                    fitting,
                    Wording.OWNER_THEN.write(random),
                    new Pair(coat, Kind.PERSON),
                    truth.dogsByOwner().get(coat));
        }
        return Draw.one(fitting, random);
    }

    private void add(List<YardQuestion> into, String text, Pair pair, List<Stay> stays) {
        if (askable.contains(pair)) {
            into.add(
                    new YardQuestion(
                            family, text, Nouns.of(pair.colour()), spans(stays), Set.of(pair)));
        }
    }

    /** Asks after the colour of a kind of thing. */
    static String wording(Kind kind, RandomGenerator random) {
        return kind == Kind.PERSON
                ? Wording.COAT_THEN.write(random)
                : Wording.COLOUR_THEN.write(random, Nouns.one(kind));
    }

    static List<Span> spans(List<Stay> stays) {
        return stays.stream().map(Stay::seen).toList();
    }
}
