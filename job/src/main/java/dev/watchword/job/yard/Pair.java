package dev.watchword.job.yard;

import java.util.Locale;
import java.util.stream.Collectors;

/** A kind of thing in a colour: a red van. */
public record Pair(Colour colour, Kind kind) {
    /**
     * Reads a pair as people write it: "red van".
     *
     * @throws IllegalArgumentException if it is no colour and kind, or comes to no yard
     */
    public static Pair named(String text) {
        Pair pair = read(text);
        if (!Population.allPairs().contains(pair)) {
            throw new IllegalArgumentException(
                    "no %s comes to any yard, only %s"
                            .formatted(
                                    pair,
                                    Population.allPairs().stream()
                                            .map(Pair::toString)
                                            .collect(Collectors.joining(", "))));
        }
        return pair;
    }

    private static Pair read(String text) {
        String[] words = text.strip().toUpperCase(Locale.ROOT).split(" +");
        try {
            return new Pair(Colour.valueOf(words[0]), Kind.valueOf(words[1]));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "a pair is a colour and a thing, such as 'red van', not '%s'".formatted(text),
                    e);
        }
    }

    @Override
    public String toString() {
        return (colour + " " + kind).toLowerCase(Locale.ROOT);
    }
}
