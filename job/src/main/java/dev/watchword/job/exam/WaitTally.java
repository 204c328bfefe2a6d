package dev.watchword.job.exam;

import dev.watchword.job.questions.Wish;
import java.util.Map;
import java.util.OptionalInt;

/** Marks what was answered to standing wishes, second by second. */
final class WaitTally {
    private Score alarms = Score.NONE;

    /**
     * Marks one wish.
     *
     * @param answers by second, from the case's first to its last
     * @return whether "now" came first within the tolerance
     */
    boolean mark(WaitSheet.Case wish, Map<Integer, String> answers) {
        for (int second : wish.early()) {
            alarms = alarms.plus(isNow(answers.getOrDefault(second, "")));
        }
        OptionalInt first = OptionalInt.empty();
        for (int second = wish.from(); second < wish.to() && first.isEmpty(); second++) {
            if (isNow(answers.getOrDefault(second, ""))) {
                first = OptionalInt.of(second);
            }
        }
        return first.isPresent()
                && Math.abs(first.getAsInt() - wish.event()) <= WaitSheet.TOLERANCE;
    }

    private static boolean isNow(String answer) {
        return Marking.isRight(answer, Wish.NOW);
    }

    /** The share of the seconds without it that were answered "now". */
    Score alarms() {
        return alarms;
    }
}
