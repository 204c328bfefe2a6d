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
 * @param moments when what the question names happened, in the order in which it names it; empty
 *     where it does not ask about the order of things
 * @param about the pairs that the question names or the answer is
 */
public record YardQuestion(
        Family family,
        String text,
        String answer,
        List<Span> evidence,
        List<Integer> moments,
        Set<Pair> about) {
    public YardQuestion {
        evidence = List.copyOf(evidence);
        moments = List.copyOf(moments);
        about = Set.copyOf(about);
    }

    /** A question that does not ask about the order of things. */
    public YardQuestion(
            Family family, String text, String answer, List<Span> evidence, Set<Pair> about) {
        this(family, text, answer, evidence, List.of(), about);
    }
}
