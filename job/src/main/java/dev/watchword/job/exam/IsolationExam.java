package dev.watchword.job.exam;

import dev.watchword.job.bench.Progress;
import dev.watchword.job.exam.Examinee.Sitting;
import dev.watchword.job.questions.Family;
import dev.watchword.job.questions.YardQuestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Asks about yards beside which other yards are watched, and then, of a new examinee, again beside
 * different ones: no answer may change.
 */
final class IsolationExam {
    static final String LABEL = "isolation";

    private static final int YARDS = 4;
    private static final int STEP = 8;
    private static final Set<Family> FAMILIES = Family.BY_THEMSELVES;
    private static final long HERE = 0x61;
    private static final long FIRST_NEIGHBOURS = 0x62;
    private static final long OTHER_NEIGHBOURS = 0x63;

    private final ExamPlan plan;
    private final Supplier<Examinee> examinees;
    private final Progress progress;

    IsolationExam(ExamPlan plan, Supplier<Examinee> examinees, Progress progress) {
        this.plan = plan;
        this.examinees = examinees;
        this.progress = progress;
    }

    /** The share of answers that stayed the same. */
    Optional<ExamRow> run() throws InterruptedException {
        if (plan.lengths().isEmpty()) {
            return Optional.empty();
        }
        int length = plan.lengths().get(0);
        Paper paper =
                PaperWriter.ofAll(ExamSeeds.of(plan.seed(), HERE))
                        .write(length, FAMILIES, plan.questions());
        List<Sheet> sheets = paper.sheets().stream().limit(YARDS).toList();
        progress.show(() -> "Isolation: beside the first yards");
        List<String> before = answers(sheets, FIRST_NEIGHBOURS);
        progress.show(() -> "Isolation: beside other yards");
        List<String> after = answers(sheets, OTHER_NEIGHBOURS);
        Tally tally = new Tally();
        for (int i = 0; i < before.size(); i++) {
            tally.add(View.HISTORY, before.get(i).equals(after.get(i)));
        }
        return Optional.of(tally.row(LABEL, length, "all", View.HISTORY, Optional.empty()));
    }

    private List<String> answers(List<Sheet> sheets, long neighbours) throws InterruptedException {
        List<String> answers = new ArrayList<>();
        try (Examinee examinee = examinees.get()) {
            for (int number = 0; number < sheets.size(); number++) {
                Sheet sheet = sheets.get(number);
                long seed = ExamSeeds.of(plan.seed(), neighbours, number);
                try (Sitting here = examinee.sit(sheet.stream(), sheet.pictures());
                        Sitting beside =
                                examinee.sit(
                                        "neighbour-" + number,
                                        Sheet.camera(seed, sheet.seconds()))) {
                    answers.addAll(answers(sheet, here, beside));
                }
            }
        }
        return answers;
    }

    private static List<String> answers(Sheet sheet, Sitting here, Sitting beside)
            throws InterruptedException {
        List<String> answers = new ArrayList<>();
        int shown = 0;
        for (Sheet.Look look : sheet.looks()) {
            while (shown < look.end()) {
                shown = Math.min(look.end(), shown + STEP);
                here.show(shown);
                beside.show(shown);
            }
            List<String> texts = look.questions().stream().map(YardQuestion::text).toList();
            beside.answer(View.HISTORY, texts.subList(0, Math.min(1, texts.size())));
            here.answer(View.HISTORY, texts).forEach(reply -> answers.add(reply.text()));
        }
        return answers;
    }
}
