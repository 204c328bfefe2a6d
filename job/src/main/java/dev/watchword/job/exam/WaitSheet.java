package dev.watchword.job.exam;

import dev.watchword.job.questions.Verdict;
import dev.watchword.job.questions.Wish;
import dev.watchword.job.yard.Yard;
import java.util.ArrayList;
import java.util.List;

/**
 * Standing wishes about one yard, each of which is fulfilled at a known second.
 *
 * @param seed of the yard and of its camera
 * @param seconds how long the yard lasts
 * @param cases in the order of their seconds
 */
record WaitSheet(String stream, long seed, int seconds, List<Case> cases) {
    /** For so many seconds before it comes true a wish is asked after. */
    static final int BEFORE = 12;

    /** For so many seconds from then on. */
    static final int AFTER = 4;

    /** The answer may come so many seconds late. */
    static final int TOLERANCE = 3;

    /** For so many seconds before it comes true it may be unclear whether it has. */
    static final int NEAR = 3;

    WaitSheet {
        cases = List.copyOf(cases);
    }

    /**
     * A wish that comes true.
     *
     * @param event the first second at which it is so
     * @param notYet the seconds before, at which it is certainly not so
     */
    record Case(Wish wish, int event, List<Integer> notYet) {
        Case {
            notYet = List.copyOf(notYet);
        }

        int from() {
            return event - BEFORE;
        }

        int to() {
            return event + AFTER;
        }

        /** The seconds long before, at which "now" is a false alarm. */
        List<Integer> early() {
            return notYet.stream().filter(second -> second < event - NEAR).toList();
        }
    }

    /**
     * Whether a wish comes true at a second, and not for a while before.
     *
     * @return the seconds before at which it is certainly not so; empty if it does not come true
     */
    static List<Integer> notYet(Wish wish, Yard yard, int event) {
        List<Integer> seconds = new ArrayList<>();
        for (int second = event - BEFORE; second < event; second++) {
            Verdict verdict = wish.fact().in(yard.at(second));
            if (verdict == Verdict.YES || verdict == Verdict.UNCLEAR && second < event - NEAR) {
                return List.of();
            }
            if (verdict == Verdict.NO) {
                seconds.add(second);
            }
        }
        return seconds;
    }
}
