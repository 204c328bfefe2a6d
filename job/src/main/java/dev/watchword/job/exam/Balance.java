package dev.watchword.job.exam;

import java.util.HashMap;
import java.util.Map;

/** Sees to it that of a family's answers none is much more frequent than its counterpart. */
final class Balance {
    private static final double SLACK = 0.03;
    private static final int LEAST_SLACK = 2;
    private static final double MOST_NOUGHTS = 0.25;
    private static final String ABSENT = "there was no ";
    private static final Map<String, String> COUNTERPARTS =
            Map.of("yes", "no", "no", "yes", "now", "not yet", "not yet", "now");

    private final Map<String, Integer> counts = new HashMap<>();
    private int all;

    /** Counts an answer, unless there are too many of it already. */
    boolean admits(String answer) {
        String group = group(answer);
        if (tooMany(group)) {
            return false;
        }
        counts.merge(group, 1, Integer::sum);
        all++;
        return true;
    }

    private boolean tooMany(String group) {
        int count = count(group);
        if (group.equals("0")) {
            return count + 1 > MOST_NOUGHTS * (all + 1) + 1;
        }
        if (group.equals(ABSENT)) {
            return count > all - count + slack();
        }
        String other = COUNTERPARTS.get(group);
        return other != null && count > count(other) + slack();
    }

    private double slack() {
        return LEAST_SLACK + SLACK * all;
    }

    private int count(String group) {
        return counts.getOrDefault(group, 0);
    }

    private static String group(String answer) {
        return answer.startsWith(ABSENT) ? ABSENT : answer;
    }
}
