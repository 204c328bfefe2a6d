package dev.watchword.job.exam;

import dev.watchword.job.bench.Progress;
import dev.watchword.job.exam.Examinee.Sitting;
import dev.watchword.job.questions.Family;
import dev.watchword.job.questions.YardQuestion;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Puts papers to an examinee and marks the answers. What one gets without looking, or by looking
 * only at the last frame, comes from another examinee that can be asked for it.
 */
public final class Exam {
    /** An answer is cut after so many tokens; the longest right one has four words. */
    public static final int MOST_TOKENS = 16;

    private static final long OTHER_PAPERS = 0x6f74686572L;
    private static final long LEFT_OUT = 0x6c656674L;
    private static final long SHOWN = 0x73686f776eL;
    private static final int SHARE_OF_CHOSEN_YARDS = 4;
    private static final List<View> BASELINES = List.of(View.BLIND, View.LAST_FRAME, View.MEAN);

    private final ExamPlan plan;
    private final Supplier<Examinee> examinees;
    private final Optional<Examinee> baselines;
    private final Progress progress;
    private final Consumer<ExamRow> rows;

    /**
     * @param examinees gives the one who is examined, anew each time, for the caller to close
     * @param baselines who answers from the views of the baselines; empty if the one who is
     *     examined can do so
     * @param rows told each row when it is known
     */
    public Exam(
            ExamPlan plan,
            Supplier<Examinee> examinees,
            Optional<Examinee> baselines,
            Progress progress,
            Consumer<ExamRow> rows) {
        this.plan = plan;
        this.examinees = examinees;
        this.baselines = baselines;
        this.progress = progress;
        this.rows = rows;
    }

    /** Holds the whole exam. */
    public void run() throws InterruptedException {
        try (Examinee examinee = examinees.get()) {
            ask(examinee, 1, plan.askedOfLastFrame());
            for (int length : plan.lengths()) {
                ask(examinee, length, plan.askedOfHistories());
                if (plan.families().contains(Family.WAIT_UNTIL)) {
                    new WaitExam(plan, examinee, baselines, progress).run(length).ifPresent(rows);
                }
                if (plan.spans()) {
                    new SpanExam(plan, examinee, progress).run(length, rows);
                }
                if (plan.families().contains(Family.FOLLOW_UP)) {
                    new FollowUpExam(plan, examinee, progress).run(length, rows);
                }
                if (plan.families().contains(Family.WHICH_YARD)) {
                    new CombinedExam(plan, examinee, progress).run(length).ifPresent(rows);
                }
            }
        }
        if (plan.isolation()) {
            new IsolationExam(plan, examinees, progress).run().ifPresent(rows);
        }
    }

    private void ask(Examinee examinee, int length, List<Family> families)
            throws InterruptedException {
        if (families.isEmpty()) {
            return;
        }
        progress.show(() -> named(length) + ": writing questions");
        PaperWriter writer = PaperWriter.ofAll(plan.seed());
        Paper others =
                PaperWriter.ofAll(ExamSeeds.of(plan.seed(), OTHER_PAPERS))
                        .write(length, families, plan.questions());
        put(examinee, writer.write(length, families, plan.questions()), others, families, "all");
        if (!plan.leftOut().isEmpty()) {
            PaperWriter about =
                    PaperWriter.about(plan.leftOut(), ExamSeeds.of(plan.seed(), LEFT_OUT));
            putFewer(examinee, about, others, families, "left-out");
            PaperWriter without =
                    PaperWriter.without(plan.leftOut(), ExamSeeds.of(plan.seed(), SHOWN));
            putFewer(examinee, without, others, families, "shown");
        }
    }

    /** Puts a paper with a share of the questions, in yards that are named after its pairs. */
    private void putFewer(
            Examinee examinee,
            PaperWriter writer,
            Paper others,
            List<Family> families,
            String pairs)
            throws InterruptedException {
        int fewer = Math.max(1, plan.questions() / SHARE_OF_CHOSEN_YARDS);
        Paper paper = writer.write(others.length(), families, fewer).named(pairs + "-");
        put(examinee, paper, others, families, pairs);
    }

    private static String named(int length) {
        return length == 1 ? "The last frame alone" : "%,d frames of history".formatted(length);
    }

    /** Puts one paper, and tells its rows. */
    private void put(
            Examinee examinee, Paper paper, Paper others, List<Family> families, String pairs)
            throws InterruptedException {
        Map<Family, Tally> tallies = new EnumMap<>(Family.class);
        Map<Family, String> majority = new EnumMap<>(Family.class);
        for (Family family : families) {
            tallies.put(family, new Tally());
            majority.put(family, others.mostFrequentAnswer(family));
        }
        for (int number = 0; number < paper.sheets().size(); number++) {
            int yard = number + 1;
            progress.show(
                    () ->
                            "%s: yard %d of %d"
                                    .formatted(named(paper.length()), yard, paper.sheets().size()));
            put(examinee, paper.sheets().get(number), tallies);
        }
        paper.questions()
                .forEach(
                        question ->
                                tallies.get(question.family())
                                        .addMajority(
                                                Marking.isRight(
                                                        majority.get(question.family()),
                                                        question.answer())));
        View asked = paper.length() == 1 ? View.LAST_FRAME : View.HISTORY;
        for (Family family : families) {
            if (tallies.get(family).score(asked).questions() > 0) {
                rows.accept(
                        tallies.get(family)
                                .row(
                                        family.label(),
                                        paper.length(),
                                        pairs,
                                        asked,
                                        Optional.empty()));
            }
        }
    }

    private void put(Examinee examinee, Sheet sheet, Map<Family, Tally> tallies)
            throws InterruptedException {
        IntFunction<byte[]> pictures = sheet.pictures();
        try (Sitting sitting = examinee.sit(sheet.stream(), pictures);
                Sitting baseline =
                        baselines
                                .map(other -> other.sit(sheet.stream(), pictures))
                                .orElse(sitting)) {
            for (int look = 0; look < sheet.looks().size(); look++) {
                List<YardQuestion> questions = sheet.looks().get(look).questions();
                sitting.show(sheet.shown(look));
                mark(sitting, sheet.view(), sheet.shown(look), questions, tallies);
                baseline.show(sheet.shown(look));
                for (View view : BASELINES) {
                    if (view == View.BLIND || !sheet.lastFrameOnly()) {
                        mark(baseline, view, sheet.shown(look), questions, tallies);
                    }
                }
            }
        }
    }

    private static void mark(
            Sitting sitting,
            View view,
            int shown,
            List<YardQuestion> questions,
            Map<Family, Tally> tallies)
            throws InterruptedException {
        List<Reply> replies =
                sitting.answer(view, questions.stream().map(YardQuestion::text).toList());
        for (int i = 0; i < questions.size(); i++) {
            YardQuestion question = questions.get(i);
            Tally tally = tallies.get(question.family());
            boolean right = Marking.isRight(replies.get(i).text(), question.answer());
            tally.add(view, right);
            if (view == View.HISTORY && right) {
                tally.addCitation(question.evidence(), replies.get(i).cited(), shown);
            }
        }
    }
}
