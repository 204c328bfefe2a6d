package dev.watchword.job.cli;

/** Text that others wrote, fit for a terminal: what would steer it is replaced. */
final class Printable {
    private static final char REPLACEMENT = '\u00b7';

    private Printable() {}

    /** The text with its line breaks and tabs, without other control characters. */
    static String text(String text) {
        return replace(text, true);
    }

    /** The text in one line. */
    static String line(String text) {
        return replace(text, false);
    }

    private static String replace(String text, boolean keepBreaks) {
        StringBuilder printable = new StringBuilder();
        text.codePoints()
                .forEach(
                        point -> {
                            boolean isBreak = point == '\n' || point == '\t';
                            boolean kept = isBreak ? keepBreaks : !steers(point);
                            printable.appendCodePoint(kept ? point : REPLACEMENT);
                        });
        return printable.toString();
    }

    /** Whether it moves the cursor, changes colours, or turns the direction of what follows. */
    private static boolean steers(int point) {
        boolean turns = point >= 0x202A && point <= 0x202E || point >= 0x2066 && point <= 0x2069;
        return Character.isISOControl(point) || turns;
    }
}
