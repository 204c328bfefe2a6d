package dev.watchword.job.questions;

import dev.watchword.job.yard.Pair;
import java.util.Set;

/**
 * A standing question: tell me when this is so.
 *
 * @param fact what is waited for
 * @param text as a person would type it
 * @param about the pairs that it names
 */
public record Wish(Fact fact, String text, Set<Pair> about) {
    /** The answer at a second at which it is so. */
    public static final String NOW = "now";

    /** The answer at a second at which it is not so. */
    public static final String NOT_YET = "not yet";

    public Wish {
        about = Set.copyOf(about);
    }
}
