package dev.watchword.job.exam;

import dev.watchword.job.questions.Wish;
import java.util.Map;
import java.util.stream.IntStream;

/** Marks what was answered to standing wishes, second by second. */
final class WaitTally {
    private Score alarms = Score.NONE;

    /**
     * Marks one wish.
     *
     * @param answers by second, from the case's first to its last
     * @return whether "now" came first when it was true, and within the tolerance
     */
    boolean mark(WaitSheet.Case wish, Map<Integer, String> answers) {
        for (int second : wish.early()) {
            alarms = alarms.plus(isNow(answers.getOrDefault(second, "")));
        }
        return IntStream.range(wish.from(), wish.to())
                .filter(second -> isNow(answers.getOrDefault(second, "")))
                .limit(1)
                .anyMatch(
                        first ->
                                first >= wish.event()
                                        && first <= wish.event() + WaitSheet.TOLERANCE);
    }

    private static boolean isNow(String answer) {
        return Marking.isRight(answer, Wish.NOW);
    }

    /** The share of the seconds without it that were answered "now". */
    Score alarms() {
        return alarms;
    }
}
