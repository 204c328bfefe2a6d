package dev.watchword.job.exam;

import dev.watchword.job.questions.Family;
import dev.watchword.job.yard.Pair;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What is examined.
 *
 * @param seed from which the yards and the questions follow
 * @param families of the questions
 * @param spans whether it is asked about spans in the middle of the histories
 * @param isolation whether it is examined that a stream's answers do not depend on another's frames
 * @param lengths of the histories in frames, each from 16 to 150,000
 * @param questions how many of each family and length
 * @param leftOut pairs that were left out of training, to be examined also for themselves,
 *     and yards without them
 */
public record ExamPlan(
        long seed,
        Set<Family> families,
        boolean spans,
        boolean isolation,
        List<Integer> lengths,
        int questions,
        Set<Pair> leftOut) {
    /** The shortest history. */
    public static final int SHORTEST = 16;

    /** The longest history. */
    public static final int LONGEST = 150_000;

    private static final Set<Family> NOW = EnumSet.of(Family.NOW_ATTRIBUTE, Family.NOW_COUNT);

    public ExamPlan {
        families = Set.copyOf(families);
        lengths = lengths.stream().distinct().sorted().toList();
        leftOut = Set.copyOf(leftOut);
        if (questions < 1) {
            throw new IllegalArgumentException("There must be a question, not " + questions);
        }
        for (int length : lengths) {
            if (length < SHORTEST || length > LONGEST) {
                throw new IllegalArgumentException(
                        "A history has %d to %d frames, not %d"
                                .formatted(SHORTEST, LONGEST, length));
            }
        }
    }

    /** The families that are asked after with a whole history, in their order. */
    List<Family> askedOfHistories() {
        return families.stream().filter(Family.BY_THEMSELVES::contains).sorted().toList();
    }

    /** The families that are asked of the last frame alone as well. */
    List<Family> askedOfLastFrame() {
        return families.stream().filter(NOW::contains).sorted().toList();
    }

    /** Says of which families and lengths there is no row: of those no question could be drawn. */
    public List<String> missing(List<ExamRow> rows) {
        List<String> missing = new ArrayList<>();
        for (int length : lengths) {
            for (Family family : families.stream().sorted().toList()) {
                boolean told =
                        rows.stream()
                                .anyMatch(
                                        row ->
                                                row.length() == length
                                                        && row.family().equals(family.label()));
                if (!told) {
                    missing.add(
                            "%s, %,d frames: no question could be drawn, so there is no row"
                                    .formatted(family.label(), length));
                }
            }
        }
        return missing;
    }
}
