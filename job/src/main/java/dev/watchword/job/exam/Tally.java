package dev.watchword.job.exam;

import dev.watchword.job.questions.Span;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** The scores of one row: of each view, and of the most frequent answer. */
final class Tally {
    private final Map<View, Score> views = new EnumMap<>(View.class);
    private Score majority = Score.NONE;
    private Score citations = Score.NONE;
    private double citedByChance;

    void add(View view, boolean isRight) {
        views.merge(view, Score.NONE.plus(isRight), (old, one) -> old.plus(isRight));
    }

    void addMajority(boolean isRight) {
        majority = majority.plus(isRight);
    }

    /**
     * Counts what a right answer cites, if there is something to be seen that decides it.
     *
     * @param evidence when it is to be seen
     * @param frames how many there are to choose from
     */
    void addCitation(List<Span> evidence, OptionalLong cited, int frames) {
        if (evidence.isEmpty() || cited.isEmpty()) {
            return;
        }
        int second = Math.toIntExact(cited.getAsLong());
        citations = citations.plus(evidence.stream().anyMatch(span -> span.contains(second)));
        long fitting =
                IntStream.range(0, frames)
                        .filter(frame -> evidence.stream().anyMatch(span -> span.contains(frame)))
                        .count();
        citedByChance += (double) fitting / frames;
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
                share(citations),
                citations.questions() == 0
                        ? Optional.empty()
                        : Optional.of(citedByChance / citations.questions()),
                alarms);
    }

    /** The row of what was asked from whole histories, about all pairs; none if nothing was. */
    Optional<ExamRow> ofHistories(String family, int length) {
        return score(View.HISTORY).questions() == 0
                ? Optional.empty()
                : Optional.of(row(family, length, "all", View.HISTORY, Optional.empty()));
    }

    private static Optional<Double> share(Score score) {
        return score.questions() == 0 ? Optional.empty() : Optional.of(score.accuracy());
    }
}
