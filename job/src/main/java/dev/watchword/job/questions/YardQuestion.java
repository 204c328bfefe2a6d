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
 */
public record YardQuestion(
        Family family, String text, String answer, List<Span> evidence, Set<Pair> about) {
    public YardQuestion {
        evidence = List.copyOf(evidence);
        about = Set.copyOf(about);
    }
}
