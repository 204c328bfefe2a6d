package dev.watchword.job.exam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.watchword.job.questions.Family;
import dev.watchword.job.questions.Verdict;
import dev.watchword.job.questions.YardQuestion;
import dev.watchword.job.yard.Colour;
import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.Pair;
import dev.watchword.job.yard.Yard;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ExamTest {
    private static final ExamPlan PLAN =
            new ExamPlan(
                    9,
                    EnumSet.complementOf(EnumSet.of(Family.WHICH_YARD, Family.FOLLOW_UP)),
                    false,
                    true,
                    List.of(50),
                    40,
                    Set.of());

    /** The right answer to every question of a plan, by stream, frames shown and text. */
    private static final Map<String, String> TRUTH = truth();

    private static Map<String, String> truth() {
        Map<String, String> truth = new HashMap<>();
        PaperWriter writer = PaperWriter.ofAll(PLAN.seed());
        add(truth, writer.write(1, PLAN.askedOfLastFrame(), PLAN.questions()));
        add(truth, writer.write(50, PLAN.askedOfHistories(), PLAN.questions()));
        for (WaitSheet sheet : new WaitWriter(PLAN.seed()).write(50, PLAN.questions() / 5)) {
            Yard yard = Sheet.yard(sheet.seed(), sheet.seconds());
            for (WaitSheet.Case wish : sheet.cases()) {
                for (int second = wish.from(); second < wish.to(); second++) {
                    boolean now = wish.wish().fact().in(yard.at(second)) == Verdict.YES;
                    truth.put(
                            key(sheet.stream(), second + 1, wish.wish().text()),
                            now ? "now" : "not yet");
                }
            }
        }
        return truth;
    }

    private static void add(Map<String, String> truth, Paper paper) {
        for (Sheet sheet : paper.sheets()) {
            for (int look = 0; look < sheet.looks().size(); look++) {
                for (YardQuestion question : sheet.looks().get(look).questions()) {
                    truth.put(
                            key(sheet.stream(), sheet.shown(look), question.text()),
                            question.answer());
                }
            }
        }
    }

    private static String key(String stream, int shown, String question) {
        return stream + " " + shown + " " + question;
    }

    private static List<ExamRow> rows(HandMadeExaminee.Answerer answerer, ExamPlan plan)
            throws InterruptedException {
        List<ExamRow> rows = new ArrayList<>();
        new Exam(
                        plan,
                        () -> new HandMadeExaminee(answerer),
                        Optional.empty(),
                        line -> {},
                        rows::add)
                .run();
        return rows;
    }

    private static ExamRow row(List<ExamRow> rows, String family, int length) {
        return rows.stream()
                .filter(row -> row.family().equals(family) && row.length() == length)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatCouldNotBeAskedIsSaid() throws InterruptedException {
        List<ExamRow> rows = new ArrayList<>(rows((stream, shown, view, question) -> "-", PLAN));
        assertThat(PLAN.missing(rows)).isEmpty();
        rows.removeIf(row -> row.family().equals("order"));
        assertThat(PLAN.missing(rows))
                .containsExactly(
                        "order, 50 frames: no question could be drawn, so there is no row");
    }

    @Test
    void whoKnowsTheTruthIsAlwaysRight() throws InterruptedException {
        List<ExamRow> rows =
                rows(
                        (stream, shown, view, question) ->
                                view == View.BLIND || view == View.MEAN
                                        ? "yes"
                                        : TRUTH.getOrDefault(key(stream, shown, question), "-"),
                        PLAN);
        assertThat(rows).hasSize(2 + 7 + 1);
        assertThat(rows).allMatch(row -> row.score().accuracy() == 1);
        ExamRow past = row(rows, "past", 50);
        assertThat(past.score()).isEqualTo(new Score(40, 40));
        assertThat(past.blind().orElseThrow()).isCloseTo(0.4, within(0.15));
        assertThat(past.lastFrame()).hasValue(1.0);
        assertThat(past.majority().orElseThrow()).isBetween(0.2, 0.6);
        ExamRow now = row(rows, "now-count", 1);
        assertThat(now.mean()).isEmpty();
        assertThat(now.blind()).hasValue(0.0);
        ExamRow wait = row(rows, "wait-until", 50);
        assertThat(wait.falseAlarms()).hasValue(0.0);
        assertThat(wait.score().questions()).isEqualTo(8);
        assertThat(wait.majority()).hasValue(0.0);
        assertThat(row(rows, "isolation", 50).blind()).isEmpty();
    }

    @Test
    void whoIsAlwaysWrongHasNothingRight() throws InterruptedException {
        List<ExamRow> rows = rows((stream, shown, view, question) -> "a green elephant", PLAN);
        assertThat(rows.stream().filter(row -> !row.family().equals("isolation")))
                .hasSize(9)
                .allMatch(row -> row.score().right() == 0)
                .allMatch(row -> row.lastFrame().orElseThrow() == 0);
    }

    @Test
    void whoAlwaysSaysNowRaisesFalseAlarms() throws InterruptedException {
        ExamPlan plan =
                new ExamPlan(
                        9, EnumSet.of(Family.WAIT_UNTIL), false, false, List.of(50), 40, Set.of());
        List<ExamRow> rows = rows((stream, shown, view, question) -> "now", plan);
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).falseAlarms()).hasValue(1.0);
        assertThat(rows.get(0).score().right()).isZero();
    }

    @Test
    void answersThatChangeWithTheNeighbourAreFound() throws InterruptedException {
        ExamPlan plan =
                new ExamPlan(9, EnumSet.of(Family.PAST), false, true, List.of(50), 20, Set.of());
        AtomicInteger examinees = new AtomicInteger();
        List<ExamRow> rows = new ArrayList<>();
        new Exam(
                        plan,
                        () -> {
                            int number = examinees.incrementAndGet();
                            return new HandMadeExaminee(
                                    (stream, shown, view, question) -> "answer " + number);
                        },
                        Optional.empty(),
                        line -> {},
                        rows::add)
                .run();
        assertThat(row(rows, "isolation", 50).score().right()).isZero();
        assertThat(examinees).hasValue(3);
    }

    @Test
    void leftOutPairsAndYardsWithoutThemHaveRowsOfTheirOwn() throws InterruptedException {
        ExamPlan plan =
                new ExamPlan(
                        9,
                        EnumSet.of(Family.PAST),
                        false,
                        false,
                        List.of(50),
                        40,
                        Set.of(new Pair(Colour.RED, Kind.VAN)));
        List<ExamRow> rows = rows((stream, shown, view, question) -> "yes", plan);
        assertThat(rows).extracting(ExamRow::pairs).containsExactly("all", "left-out", "shown");
        assertThat(rows.get(1).score().questions()).isEqualTo(10);
        assertThat(rows.get(2).score().questions()).isEqualTo(10);
    }

    @Test
    void baselinesComeFromAnotherExamineeWhereOneIsGiven() throws InterruptedException {
        ExamPlan plan =
                new ExamPlan(9, EnumSet.of(Family.PAST), false, false, List.of(50), 20, Set.of());
        List<ExamRow> rows = new ArrayList<>();
        new Exam(
                        plan,
                        () ->
                                new HandMadeExaminee(
                                        (stream, shown, view, question) ->
                                                TRUTH.getOrDefault(
                                                        key(stream, shown, question), "-")),
                        Optional.of(new HandMadeExaminee((stream, shown, view, question) -> "-")),
                        line -> {},
                        rows::add)
                .run();
        assertThat(rows.get(0).lastFrame()).hasValue(0.0);
        assertThat(rows.get(0).mean()).hasValue(0.0);
        assertThat(ExamTable.of(rows).keys())
                .contains(
                        "family",
                        "length",
                        "questions",
                        "accuracy",
                        "low",
                        "high",
                        "majority",
                        "blind",
                        "last_frame",
                        "mean");
    }
}
