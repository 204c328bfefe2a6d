package dev.watchword.job.exam;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The scores of one row: of each view, and of the most frequent answer. */
final class Tally {
    private final Map<View, Score> views = new EnumMap<>(View.class);
    private Score majority = Score.NONE;

    void add(View view, boolean isRight) {
        views.merge(view, Score.NONE.plus(isRight), (old, one) -> old.plus(isRight));
    }

    void addMajority(boolean isRight) {
        majority = majority.plus(isRight);
    }

    Score score(View view) {
        return views.getOrDefault(view, Score.NONE);
    }

    /** The row; {@code asked} is the view that is examined, the others are baselines. */
    ExamRow row(String family, int length, String pairs, View asked, Optional<Double> alarms) {
        return new ExamRow(
                family,
                length,
                pairs,
                score(asked),
                share(majority),
                share(score(View.BLIND)),
                share(score(View.LAST_FRAME)),
                share(score(View.MEAN)),
                alarms);
    }

    private static Optional<Double> share(Score score) {
        return score.questions() == 0 ? Optional.empty() : Optional.of(score.accuracy());
    }
}
