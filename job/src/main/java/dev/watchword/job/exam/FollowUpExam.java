package dev.watchword.job.exam;

import dev.watchword.job.bench.Progress;
import dev.watchword.job.exam.Examinee.FollowUp;
import dev.watchword.job.exam.Examinee.Sitting;
import dev.watchword.job.questions.Family;
import dev.watchword.job.questions.QuestionWriter;
import dev.watchword.job.questions.Truth;
import dev.watchword.job.questions.YardQuestion;
import dev.watchword.job.yard.Population;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Asks questions that follow others, behind what the examinee itself answered to these; and the same
 * questions by themselves, which for most of them means little.
 */
final class FollowUpExam {
    private static final int FRAMES = 20_000;
    private static final int MOST_YARDS = 50;
    private static final int FEWEST_OF_A_YARD = 4;
    private static final int DRAWS_A_QUESTION = 10;
    private static final long PURPOSE = 0x67;

    private final ExamPlan plan;
    private final Examinee examinee;
    private final Progress progress;
    private final QuestionWriter writer = new QuestionWriter(Population.allPairs());
    private final Tally following = new Tally();
    private final Tally alone = new Tally();

    FollowUpExam(ExamPlan plan, Examinee examinee, Progress progress) {
        this.plan = plan;
        this.examinee = examinee;
        this.progress = progress;
    }

    /** The rows of a length: of the follow-ups, and of the same questions by themselves. */
    void run(int length, Consumer<ExamRow> rows) throws InterruptedException {
        int most = Math.min(MOST_YARDS, plan.questions() / FEWEST_OF_A_YARD);
        int yards = Math.max(2, Math.min(most, FRAMES / length));
        int asked = (plan.questions() + yards - 1) / yards;
        for (int number = 0; number < yards; number++) {
            int yard = number + 1;
            progress.show(
                    () ->
                            "%,d frames of history, follow-ups: yard %d of %d"
                                    .formatted(length, yard, yards));
            put(number, length, asked);
        }
        String label = Family.FOLLOW_UP.label();
        following.ofHistories(label, length).ifPresent(rows);
        alone.ofHistories(label + "-by-itself", length).ifPresent(rows);
    }

    private void put(int number, int length, int asked) throws InterruptedException {
        long seed = ExamSeeds.of(plan.seed(), PURPOSE, length, number);
        String name = "follow-ups-%d-%016x".formatted(length, seed);
        List<YardQuestion> questions =
                questions(
                        Truth.of(Sheet.yard(seed, length), 0, length),
                        asked,
                        new SplittableRandom(seed));
        try (Sitting sitting = examinee.sit(name, Sheet.camera(seed, length))) {
            sitting.show(length);
            List<String> answers =
                    sitting.answerFollowUps(
                            questions.stream()
                                    .map(
                                            each ->
                                                    new FollowUp(
                                                            each.earlier().orElseThrow().text(),
                                                            each.text()))
                                    .toList());
            List<Reply> replies =
                    sitting.answer(
                            View.HISTORY, questions.stream().map(YardQuestion::text).toList());
            for (int i = 0; i < questions.size(); i++) {
                String truth = questions.get(i).answer();
                following.add(View.HISTORY, Marking.isRight(answers.get(i), truth));
                alone.add(View.HISTORY, Marking.isRight(replies.get(i).text(), truth));
            }
        }
    }

    private List<YardQuestion> questions(Truth truth, int asked, SplittableRandom random) {
        DifferentQuestions questions = new DifferentQuestions(DRAWS_A_QUESTION);
        questions.draw(asked, () -> writer.ask(Family.FOLLOW_UP, truth, random));
        return questions.list();
    }
}
