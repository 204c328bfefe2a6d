package dev.watchword.job.exam;

import dev.watchword.job.bench.Progress;
import dev.watchword.job.exam.Examinee.Sitting;
import dev.watchword.job.questions.Family;
import dev.watchword.job.questions.QuestionWriter;
import dev.watchword.job.questions.Truth;
import dev.watchword.job.questions.YardQuestion;
import dev.watchword.job.yard.Population;
import dev.watchword.job.yard.Yard;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Asks about spans in the middle of a history, and the same of an examinee who has seen nothing but
 * the span: as if it were a history of its own.
 */
final class SpanExam {
    static final String LABEL = "span";

    private static final List<Family> FAMILIES =
            List.of(Family.NOW_ATTRIBUTE, Family.NOW_COUNT, Family.PAST);
    private static final int SHORTEST_HISTORY = 200;
    private static final int SHORTEST = 30;
    private static final int MOST_YARDS = 6;
    private static final int MOST_SPANS = 24;
    private static final int FRAMES = 20_000;
    private static final int DRAWS_A_QUESTION = 20;
    private static final long PURPOSE = 0x66;

    private final ExamPlan plan;
    private final Examinee examinee;
    private final Progress progress;
    private final QuestionWriter writer = new QuestionWriter(Population.allPairs());
    private final Map<Family, Tally> within = new EnumMap<>(Family.class);
    private final Map<Family, Tally> alone = new EnumMap<>(Family.class);

    /** Seconds of a yard. */
    private record Stretch(int from, int to) {}

    /**
     * How the questions of a family are shared out.
     *
     * @param yards histories
     * @param spans of each history
     * @param asked questions about each span
     */
    private record Shares(int yards, int spans, int asked) {
        static Shares of(int questions, int length) {
            int yards = Math.min(questions, Math.max(2, Math.min(MOST_YARDS, FRAMES / length)));
            int spans = Math.min(MOST_SPANS, questions / yards);
            return new Shares(yards, spans, questions / (yards * spans));
        }
    }

    SpanExam(ExamPlan plan, Examinee examinee, Progress progress) {
        this.plan = plan;
        this.examinee = examinee;
        this.progress = progress;
        for (Family family : FAMILIES) {
            within.put(family, new Tally());
            alone.put(family, new Tally());
        }
    }

    /** The rows of a length, of each family two; none where the histories are too short. */
    void run(int length, Consumer<ExamRow> rows) throws InterruptedException {
        if (length < SHORTEST_HISTORY) {
            return;
        }
        Shares shares = Shares.of(plan.questions(), length);
        for (int number = 0; number < shares.yards(); number++) {
            int yard = number + 1;
            progress.show(
                    () ->
                            "%,d frames of history, spans in its middle: yard %d of %d"
                                    .formatted(length, yard, shares.yards()));
            put(number, length, shares);
        }
        for (Family family : FAMILIES) {
            String label = family.label();
            within.get(family).ofHistories(label + "-in-span", length).ifPresent(rows);
            alone.get(family).ofHistories(label + "-of-span-alone", length).ifPresent(rows);
        }
    }

    private void put(int number, int length, Shares shares) throws InterruptedException {
        long seed = ExamSeeds.of(plan.seed(), PURPOSE, length, number);
        SplittableRandom random = new SplittableRandom(seed);
        Yard yard = Sheet.yard(seed, length);
        IntFunction<byte[]> pictures = Sheet.camera(seed, length);
        String name = "spans-%d-%016x".formatted(length, seed);
        try (Sitting whole = examinee.sit(name, pictures)) {
            whole.show(length);
            for (int span = 0; span < shares.spans(); span++) {
                Stretch stretch = draw(length, random);
                List<YardQuestion> questions =
                        questions(
                                Truth.of(yard, stretch.from(), stretch.to()),
                                shares.asked(),
                                random);
                List<String> texts = questions.stream().map(YardQuestion::text).toList();
                mark(questions, whole.answerWithin(stretch.from(), stretch.to(), texts), within);
                try (Sitting part =
                        examinee.sit(
                                name + "-" + span,
                                frame -> pictures.apply(stretch.from() + frame))) {
                    part.show(stretch.to() - stretch.from());
                    mark(questions, part.answer(View.HISTORY, texts), alone);
                }
            }
        }
    }

    /** A span of any length up to a quarter, in the middle eight tenths of the history. */
    private static Stretch draw(int length, SplittableRandom random) {
        double longest = Math.log(length / 4.0 / SHORTEST);
        int frames = (int) (SHORTEST * Math.exp(longest * random.nextDouble()));
        int from = random.nextInt(length / 10, length * 9 / 10 - frames);
        return new Stretch(from, from + frames);
    }

    private List<YardQuestion> questions(Truth truth, int asked, SplittableRandom random) {
        DifferentQuestions questions = new DifferentQuestions(DRAWS_A_QUESTION);
        for (Family family : FAMILIES) {
            questions.draw(asked, () -> writer.ask(family, truth, random));
        }
        return questions.list();
    }

    private static void mark(
            List<YardQuestion> questions, List<Reply> replies, Map<Family, Tally> tallies) {
        for (int i = 0; i < questions.size(); i++) {
            YardQuestion question = questions.get(i);
            boolean right = Marking.isRight(replies.get(i).text(), question.answer());
            tallies.get(question.family()).add(View.HISTORY, right);
        }
    }
}
