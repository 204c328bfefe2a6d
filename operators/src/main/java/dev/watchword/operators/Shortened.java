package dev.watchword.operators;

import dev.watchword.schemas.StreamName;

/**
 * Cuts what is said about a record. A sender's text is quoted in it, and may be as long as a record:
 * what is written about it must be smaller, or it cannot be written, and the job stops for ever.
 */
final class Shortened {
    /** So many streams and patterns a combined question may name. */
    static final int MOST_NAMES = 64;

    private static final int LONGEST_REASON = 1_000;
    private static final int LONGEST_LOGGED = 200;
    private static final String CUT = "...";

    private Shortened() {}

    static String reason(String text) {
        return shortened(text, LONGEST_REASON);
    }

    /** A stream's name; one that is allowed is never cut. */
    static String stream(String name) {
        return shortened(name, StreamName.LONGEST);
    }

    /** Names and patterns with commas between them; those that are allowed are never cut. */
    static String together(String names) {
        return shortened(names, MOST_NAMES * (StreamName.LONGEST + 1));
    }

    /** A sender's text in a line of a log: without what begins a new line or moves the cursor. */
    static String logged(String text) {
        return shortened(text, LONGEST_LOGGED).replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]", "?");
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - CUT.length()) + CUT;
    }
}
