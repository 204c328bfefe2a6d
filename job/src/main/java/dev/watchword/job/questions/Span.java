package dev.watchword.job.questions;

/** The seconds from {@code from} up to, and without, {@code to}. */
public record Span(int from, int to) {
    public Span {
        if (from >= to) {
            throw new IllegalArgumentException(
                    "The span from second " + from + " to " + to + " is empty.");
        }
    }

    /** Returns whether a second lies in it. */
    public boolean contains(int second) {
        return from <= second && second < to;
    }
}
