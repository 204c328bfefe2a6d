package dev.watchword.job.questions;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A family of questions; the exam measures each by itself. */
public enum Family {
    /** How something is at the last second. */
    NOW_ATTRIBUTE,
    /** How many of something are there at the last second. */
    NOW_COUNT,
    /** Whether something ever was, and how it looked. */
    PAST,
    /** Which of two things happened first. */
    ORDER,
    /** How often something happened. */
    EVENT_COUNT,
    /** How something looked that perhaps never was. */
    UNANSWERABLE,
    /** A standing wish, judged at the last second. */
    WAIT_UNTIL,
    /** Which of several yards it was, asked about all of them together. */
    WHICH_YARD,
    /** What is understood only behind the question before it and the answer to that. */
    FOLLOW_UP;

    /** The families that are asked about one yard. */
    public static final Set<Family> OF_ONE_YARD =
            Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(WHICH_YARD)));

    /** The families whose questions are asked about one yard, once, and understood by themselves. */
    public static final Set<Family> BY_THEMSELVES =
            Collections.unmodifiableSet(
                    EnumSet.complementOf(EnumSet.of(WAIT_UNTIL, WHICH_YARD, FOLLOW_UP)));

    /** Returns its name in tables and on the command line, such as {@code now-attribute}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the family of a label. */
    public static Optional<Family> of(String label) {
        return Stream.of(values()).filter(family -> family.label().equals(label)).findFirst();
    }
}
