package dev.watchword.schemas;

import java.util.Optional;

/**
 * What may be the name of a stream: 1 to {@value #LONGEST} of the letters a to z and A to Z, the
 * digits, and {@code . _ - / :}.
 */
public final class StreamName {
    /** The most characters of a name. */
    public static final int LONGEST = 200;

    private StreamName() {}

    /** What is wrong with the name, fit to be shown to who gave it; empty when it is a good one. */
    public static Optional<String> problem(String name) {
        if (name.isEmpty()) {
            return Optional.of("the stream's name is empty; name the stream");
        }
        if (name.length() > LONGEST) {
            return Optional.of(
                    "the stream's name has %d characters; at most %d are allowed"
                            .formatted(name.length(), LONGEST));
        }
        for (int index = 0; index < name.length(); index++) {
            if (!isAllowed(name.charAt(index))) {
                return Optional.of(
                        "the stream's name %s has a character at position %d that is not allowed; use letters a-z and A-Z, digits, and . _ - / :"
                                .formatted(Excerpt.of(name), index + 1));
            }
        }
        return Optional.empty();
    }

    static boolean isAllowed(char character) {
        return character >= 'a' && character <= 'z'
                || character >= 'A' && character <= 'Z'
                || character >= '0' && character <= '9'
                || character == '.'
                || character == '_'
                || character == '-'
                || character == '/'
                || character == ':';
    }
}
