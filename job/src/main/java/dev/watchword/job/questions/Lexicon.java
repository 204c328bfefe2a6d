package dev.watchword.job.questions;

import dev.watchword.job.yard.Colour;
import dev.watchword.job.yard.Kind;
import dev.watchword.model.untrained.WordTokenizer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The pieces of text that all questions and answers consist of, cut as GPT-2's byte-level
 * pre-tokenizer cuts them: a word takes the space before it along.
 */
public final class Lexicon {
    private static final List<String> ANSWERS =
            List.of(
                    "yes",
                    "no",
                    "open",
                    "closed",
                    "on",
                    "off",
                    "day",
                    "dusk",
                    "night",
                    "there was no",
                    "the",
                    "now",
                    "not yet");

    private static final List<String> OTHERS =
            List.of(
                    "please could would you show see watch look say answer question",
                    "my our your me us I i we it he she they them his her this that these those",
                    "where who why when which whose what how",
                    "at by to from into on off up out of for with without between and or not",
                    "are be been am was were has have had do does did will can may must",
                    "any some all none each every other another same only one two three four five",
                    "six seven eight nine ten first second third last next again still",
                    "today yesterday morning evening minute minutes hour hours ago since until",
                    "vehicle animal man woman child bike package truck garden house street color",
                    "big small left right near far middle parked gone came went stood");

    private Lexicon() {}

    /**
     * Returns every piece that a question or answer can contain, in alphabetical order, and some
     * more that people use. A word that can begin a text is there with and without a space before
     * it, in lower case and with a capital.
     */
    public static Set<String> pieces() {
        Set<String> pieces = new TreeSet<>(List.of("?", ".", ",", "!", "'", "'s", ":", " "));
        Stream<String> openings =
                Stream.concat(
                        Stream.concat(
                                Stream.of(Wording.values())
                                        .flatMap(wording -> wording.texts().stream()),
                                Wording.insertions()),
                        Stream.concat(ANSWERS.stream(), names()));
        openings.map(text -> text.replaceAll("[@#]", "x"))
                .forEach(text -> addOpening(pieces, text));
        OTHERS.forEach(words -> addWords(pieces, words));
        pieces.add("I");
        for (int digit = 0; digit <= 9; digit++) {
            pieces.add(Integer.toString(digit));
            pieces.add(" " + digit);
        }
        pieces.removeAll(Set.of("x", "X", " x", " X"));
        return pieces;
    }

    /** Names of things and colours; a colour can be an answer. */
    private static Stream<String> names() {
        return Stream.concat(
                Stream.of(Colour.values()).map(Nouns::of),
                Stream.concat(
                        Stream.of(Kind.values())
                                .flatMap(kind -> Stream.of(Nouns.one(kind), Nouns.many(kind))),
                        Stream.of("in a coat", "vehicles", "rain")));
    }

    private static void addOpening(Set<String> pieces, String text) {
        addWords(pieces, text);
        String first = WordTokenizer.cut(text).get(0);
        String capital = Character.toUpperCase(first.charAt(0)) + first.substring(1);
        pieces.addAll(List.of(first, capital, " " + capital));
    }

    private static void addWords(Set<String> pieces, String text) {
        for (String piece : WordTokenizer.cut(" " + text)) {
            pieces.add(piece);
        }
    }
}
