package dev.watchword.job.questions;

import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.Pair;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A question about a yard with its true answer.
 *
 * @param text as a person would type it
 * @param answer lower case, at most four words, no full stop
 * @param evidence the seconds in which what decides the answer is to be seen, in the order of the
 *     yard; empty where the answer is that something never was
 * @param about the pairs that the question names or the answer is
 * @param mentions of what happened once, in an order question, and of what was in one of several
 *     yards
 * @param earlier the question, with its true answer, behind which this one is understood
 */
public record YardQuestion(
        Family family,
        String text,
        String answer,
        List<Span> evidence,
        Set<Pair> about,
        List<Mention> mentions,
        Optional<YardQuestion> earlier) {
    public YardQuestion {
        evidence = List.copyOf(evidence);
        about = Set.copyOf(about);
        mentions = List.copyOf(mentions);
    }

    /** A question that does not ask when things happened, and is understood by itself. */
    public YardQuestion(
            Family family, String text, String answer, List<Span> evidence, Set<Pair> about) {
        this(family, text, answer, evidence, about, List.of(), Optional.empty());
    }

    /** A question of its own that follows another. */
    YardQuestion after(YardQuestion first) {
        return new YardQuestion(
                Family.FOLLOW_UP, text, answer, evidence, about, mentions, Optional.of(first));
    }

    /** Returns whether the question or its answer names a kind of thing, in whichever colour. */
    public boolean names(Kind kind) {
        String noun = Nouns.one(kind);
        return text.toLowerCase(Locale.ROOT).contains(noun) || answer.contains(noun);
    }

    /**
     * Where a question names what happened.
     *
     * @param end how many of the text's characters are read when it is named
     * @param second in which it happened, or was first seen
     */
    public record Mention(int end, int second) {
        /**
         * Where a text names something for the first time.
         *
         * @param words that name it, in whichever case
         * @param from where they are looked for
         */
        static Mention of(String words, String text, int from, int second) {
            int at = text.toLowerCase(Locale.ROOT).indexOf(words.toLowerCase(Locale.ROOT), from);
            return new Mention(at + words.length(), second);
        }
    }
}
