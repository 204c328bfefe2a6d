package dev.watchword.job.exam;

import java.util.Locale;

/** Whether an answer is the right one. */
final class Marking {
    private Marking() {}

    /** Compares without regard to capitals, and to blanks at the ends. */
    static boolean isRight(String answer, String truth) {
        return plain(answer).equals(plain(truth));
    }

    /** Returns an answer as it is compared. */
    static String plain(String answer) {
        return answer.strip().toLowerCase(Locale.ROOT);
    }

    /** Returns a question without what makes no other question of it: capitals and its end. */
    static String bare(String question) {
        return plain(question).replaceAll("[?.]$", "");
    }
}
