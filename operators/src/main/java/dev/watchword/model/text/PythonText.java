package dev.watchword.model.text;

/** Text as Python treats it, whose templates the models were trained with. */
final class PythonText {
    private PythonText() {}

    /** Returns the text without the white space at its ends, as {@code str.strip} does. */
    static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** Returns the text without the white space at its end, as {@code str.rstrip} does. */
    static String stripEnd(String text) {
        return strip("." + text).substring(1);
    }

    static boolean isSpace(char character) {
        // Java leaves the spaces that do not break a line, and the next-line control, out.
        return Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || character == '\u0085';
    }
}
