package dev.watchword.job.exam;

import dev.watchword.job.bench.Progress;
import dev.watchword.job.exam.Examinee.Sitting;
import dev.watchword.job.questions.Family;
import dev.watchword.job.questions.Wish;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Asks standing wishes at every second around the one at which they come true. */
final class WaitExam {
    private static final int QUESTIONS_A_WISH = 5;
    private static final int QUESTIONS_A_LATE_WISH = 50;
    private static final int LONG = 2_000;
    private static final List<View> BASELINES = List.of(View.BLIND, View.LAST_FRAME, View.MEAN);

    private final ExamPlan plan;
    private final Examinee examinee;
    private final Optional<Examinee> baselines;
    private final Progress progress;

    WaitExam(ExamPlan plan, Examinee examinee, Optional<Examinee> baselines, Progress progress) {
        this.plan = plan;
        this.examinee = examinee;
        this.baselines = baselines;
        this.progress = progress;
    }

    /**
     * The row of a length: one wish for every five questions of the plan, and a tenth of that where
     * the histories are long, for they are read anew at every second.
     */
    Optional<ExamRow> run(int length) throws InterruptedException {
        int wishes =
                Math.max(
                        1,
                        plan.questions()
                                / (length > LONG ? QUESTIONS_A_LATE_WISH : QUESTIONS_A_WISH));
        List<WaitSheet> sheets = new WaitWriter(plan.seed()).write(length, wishes);
        Tally tally = new Tally();
        Map<View, WaitTally> marks = new EnumMap<>(View.class);
        for (int number = 0; number < sheets.size(); number++) {
            int yard = number + 1;
            progress.show(
                    () ->
                            "%,d frames of history, standing wishes: yard %d of %d"
                                    .formatted(length, yard, sheets.size()));
            put(sheets.get(number), tally, marks);
        }
        if (tally.score(View.HISTORY).questions() == 0) {
            return Optional.empty();
        }
        // Who answers "not yet" at every second is never right.
        IntStream.range(0, tally.score(View.HISTORY).questions())
                .forEach(wish -> tally.addMajority(false));
        Score alarms = marks.get(View.HISTORY).alarms();
        return Optional.of(
                tally.row(
                        Family.WAIT_UNTIL.label(),
                        length,
                        "all",
                        View.HISTORY,
                        alarms.questions() == 0
                                ? Optional.empty()
                                : Optional.of(alarms.accuracy())));
    }

    private void put(WaitSheet sheet, Tally tally, Map<View, WaitTally> marks)
            throws InterruptedException {
        IntFunction<byte[]> pictures = Sheet.camera(sheet.seed(), sheet.seconds());
        Map<View, Map<WaitSheet.Case, Map<Integer, String>>> answers = new EnumMap<>(View.class);
        try (Sitting sitting = examinee.sit(sheet.stream(), pictures);
                Sitting baseline =
                        baselines.map(one -> one.sit(sheet.stream(), pictures)).orElse(sitting)) {
            for (int second : seconds(sheet)) {
                List<WaitSheet.Case> cases =
                        sheet.cases().stream()
                                .filter(wish -> wish.from() <= second && second < wish.to())
                                .toList();
                ask(sitting, View.HISTORY, second, cases, answers);
                for (View view : BASELINES) {
                    ask(baseline, view, second, cases, answers);
                }
            }
        }
        answers.forEach(
                (view, byCase) ->
                        byCase.forEach(
                                (wish, bySecond) ->
                                        tally.add(
                                                view,
                                                marks.computeIfAbsent(view, one -> new WaitTally())
                                                        .mark(wish, bySecond))));
    }

    private static TreeSet<Integer> seconds(WaitSheet sheet) {
        TreeSet<Integer> seconds = new TreeSet<>();
        for (WaitSheet.Case wish : sheet.cases()) {
            IntStream.range(wish.from(), wish.to()).forEach(seconds::add);
        }
        return seconds;
    }

    private static void ask(
            Sitting sitting,
            View view,
            int second,
            List<WaitSheet.Case> cases,
            Map<View, Map<WaitSheet.Case, Map<Integer, String>>> answers)
            throws InterruptedException {
        sitting.show(second + 1);
        List<String> texts = new ArrayList<>();
        cases.stream().map(WaitSheet.Case::wish).map(Wish::text).forEach(texts::add);
        List<Reply> said = sitting.answer(view, texts);
        for (int i = 0; i < cases.size(); i++) {
            answers.computeIfAbsent(view, one -> new HashMap<>())
                    .computeIfAbsent(cases.get(i), one -> new HashMap<>())
                    .put(second, said.get(i).text());
        }
    }
}
