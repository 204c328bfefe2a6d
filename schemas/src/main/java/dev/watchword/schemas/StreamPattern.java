package dev.watchword.schemas;

import java.util.Optional;

/**
 * A pattern of streams' names: at least one {@code *}, which stands for any characters or none, among
 * characters that are allowed in a {@link StreamName}.
 */
public record StreamPattern(String text) {
    private static final char ANY = '*';

    /** Whether a name in a query is a pattern, a good one or not. */
    public static boolean isPattern(String name) {
        return name.indexOf(ANY) >= 0;
    }

    /**
     * What is wrong with a name or pattern, fit to be shown to who gave it; empty when it is a good
     * one.
     */
    public static Optional<String> problem(String nameOrPattern) {
        if (!isPattern(nameOrPattern)) {
            return StreamName.problem(nameOrPattern);
        }
        if (nameOrPattern.length() > StreamName.LONGEST) {
            return Optional.of(
                    "the pattern has %d characters; at most %d are allowed"
                            .formatted(nameOrPattern.length(), StreamName.LONGEST));
        }
        for (int index = 0; index < nameOrPattern.length(); index++) {
            char character = nameOrPattern.charAt(index);
            if (character != ANY && !StreamName.isAllowed(character)) {
                return Optional.of(
                        "the pattern %s has a character at position %d that is not allowed; use * for any characters, and letters a-z and A-Z, digits, and . _ - / :"
                                .formatted(Excerpt.of(nameOrPattern), index + 1));
            }
        }
        return Optional.empty();
    }

    /** Whether a stream's name is one of those that are meant. */
    public boolean matches(String name) {
        // Each star takes as little as it can; when what follows does not fit, the last takes one
        // more.
        int at = 0;
        int star = -1;
        int afterStar = 0;
        for (int next = 0; next < name.length(); ) {
            if (at < text.length() && text.charAt(at) == ANY) {
                star = at++;
                afterStar = next;
            } else if (at < text.length() && text.charAt(at) == name.charAt(next)) {
                at++;
                next++;
            } else if (star >= 0) {
                at = star + 1;
                next = ++afterStar;
            } else {
                return false;
            }
        }
        while (at < text.length() && text.charAt(at) == ANY) {
            at++;
        }
        return at == text.length();
    }
}
