package dev.watchword.job.questions;

import dev.watchword.job.yard.Colour;
import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.Pair;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What things are called. */
public final class Nouns {
    private Nouns() {}

    public static String of(Colour colour) {
        return colour.name().toLowerCase(Locale.ROOT);
    }

    /** Returns the colour that a word names, if it names one. */
    public static Optional<Colour> colour(String word) {
        return Stream.of(Colour.values()).filter(colour -> of(colour).equals(word)).findFirst();
    }

    static String one(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    static String many(Kind kind) {
        return kind == Kind.PERSON ? "people" : one(kind) + "s";
    }

    /** Such as "red car" and "person in red". */
    static String one(Pair pair) {
        return pair.kind() == Kind.PERSON
                ? "person in " + of(pair.colour())
                : of(pair.colour()) + " " + one(pair.kind());
    }

    /** Such as "red cars" and "people in red". */
    static String many(Pair pair) {
        return pair.kind() == Kind.PERSON
                ? "people in " + of(pair.colour())
                : of(pair.colour()) + " " + many(pair.kind());
    }

    /** As {@link #one}, a person as "person in a red coat". */
    static String inFull(Pair pair) {
        return pair.kind() == Kind.PERSON
                ? "person in a " + of(pair.colour()) + " coat"
                : one(pair);
    }
}
