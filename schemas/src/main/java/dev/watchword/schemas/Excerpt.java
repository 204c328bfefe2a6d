package dev.watchword.schemas;

import java.util.HexFormat;

/** Shows foreign text and bytes in an error message: short, without control characters. */
final class Excerpt {
    private static final int LONGEST = 60;
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

    private Excerpt() {}

    static String of(String text) {
        return '"' + shorten(text, LONGEST) + '"';
    }

    static String shorten(String text, int longest) {
        StringBuilder shown = new StringBuilder();
        int length = Math.min(text.length(), longest);
        for (int index = 0; index < length; index++) {
            char character = text.charAt(index);
            boolean printable =
                    !Character.isISOControl(character) && !Character.isSurrogate(character);
            shown.append(printable ? character : '?');
        }
        return shown.append(text.length() > longest ? "..." : "").toString();
    }

    /** At most the first {@code count} bytes of the value, as hexadecimal digits. */
    static String ofStart(byte[] value, int count) {
        return HEX.formatHex(value, 0, Math.min(count, value.length));
    }
}
