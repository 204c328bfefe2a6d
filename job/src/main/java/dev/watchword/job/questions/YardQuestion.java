package dev.watchword.job.questions;

import dev.watchword.job.yard.Pair;
import java.util.List;
import java.util.Set;

/**
 * A question about a yard with its true answer.
 *
 * @param text as a person would type it
 * @param answer lower case, at most four words, no full stop
 * @param evidence the seconds in which what decides the answer is to be seen, in the order of the
 *     yard; empty where the answer is that something never was
 * @param about the pairs that the question names or the answer is
 * @param mentions of what happened once, in an order question
 */
public record YardQuestion(
        Family family,
        String text,
        String answer,
        List<Span> evidence,
        Set<Pair> about,
        List<Mention> mentions) {
    public YardQuestion {
        evidence = List.copyOf(evidence);
        about = Set.copyOf(about);
        mentions = List.copyOf(mentions);
    }

    /** A question that does not ask when things happened. */
    public YardQuestion(
            Family family, String text, String answer, List<Span> evidence, Set<Pair> about) {
        this(family, text, answer, evidence, about, List.of());
    }

    /**
     * Where a question names what happened.
     *
     * @param end how many of the text's characters are read when it is named
     * @param second in which it happened
     */
    public record Mention(int end, int second) {}
}
