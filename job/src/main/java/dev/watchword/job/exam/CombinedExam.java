package dev.watchword.job.exam;

import dev.watchword.job.bench.Progress;
import dev.watchword.job.exam.Examinee.Sitting;
import dev.watchword.job.questions.CombinedQuestions;
import dev.watchword.job.questions.Family;
import dev.watchword.job.questions.Truth;
import dev.watchword.job.questions.YardQuestion;
import dev.watchword.job.yard.Population;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** Asks about four yards together in which of them something was that was in no other. */
final class CombinedExam {
    private static final int YARDS = 4;
    private static final int FRAMES = 20_000;
    private static final int MOST_GROUPS = 25;
    private static final int FEWEST_OF_A_GROUP = 4;
    private static final int DRAWS_A_QUESTION = 10;
    private static final long PURPOSE = 0x65;
    private static final List<String> SORTS = List.of("yard-", "camera-", "gate/", "door-", "cam");

    private final ExamPlan plan;
    private final Examinee examinee;
    private final Progress progress;
    private final CombinedQuestions writer = new CombinedQuestions(Population.allPairs());

    CombinedExam(ExamPlan plan, Examinee examinee, Progress progress) {
        this.plan = plan;
        this.examinee = examinee;
        this.progress = progress;
    }

    /**
     * The row of a length. Beside it stands, as the most frequent answer, the name of the yard that
     * is shown first: all names are the answer equally often.
     */
    Optional<ExamRow> run(int length) throws InterruptedException {
        int groups =
                Math.max(
                        2,
                        Math.min(
                                Math.min(MOST_GROUPS, FRAMES / (YARDS * length)),
                                plan.questions() / FEWEST_OF_A_GROUP));
        int asked = (plan.questions() + groups - 1) / groups;
        Tally tally = new Tally();
        for (int group = 0; group < groups; group++) {
            int number = group + 1;
            progress.show(
                    () ->
                            "%,d frames of history, %d yards together: group %d of %d"
                                    .formatted(length, YARDS, number, groups));
            put(group, length, asked, tally);
        }
        return tally.ofHistories(Family.WHICH_YARD.label(), length);
    }

    private void put(int group, int length, int asked, Tally tally) throws InterruptedException {
        SplittableRandom random =
                new SplittableRandom(ExamSeeds.of(plan.seed(), PURPOSE, length, group));
        List<Long> seeds = LongStream.generate(random::nextLong).limit(YARDS).boxed().toList();
        List<String> names = names(group, length, random);
        List<Sitting> sittings = new ArrayList<>();
        List<Truth> truths = new ArrayList<>();
        try {
            for (int yard = 0; yard < YARDS; yard++) {
                long seed = ExamSeeds.of(seeds.get(yard));
                sittings.add(examinee.sit(names.get(yard), Sheet.camera(seed, length)));
                truths.add(Truth.of(Sheet.yard(seed, length), 0, length));
                sittings.get(yard).show(length);
            }
            List<YardQuestion> questions = questions(names, truths, asked, random);
            List<String> answers =
                    examinee.answerTogether(
                            sittings, questions.stream().map(YardQuestion::text).toList());
            for (int i = 0; i < questions.size(); i++) {
                String truth = questions.get(i).answer();
                tally.add(View.HISTORY, Marking.isRight(answers.get(i), truth));
                tally.addMajority(Marking.isRight(names.get(0), truth));
            }
        } finally {
            sittings.forEach(Sitting::close);
        }
    }

    /** Names of which no other group has one, in no order. */
    private List<String> names(int group, int length, SplittableRandom random) {
        List<String> names = new ArrayList<>();
        String sort = SORTS.get(plan.lengths().indexOf(length) % SORTS.size());
        while (names.size() < YARDS) {
            int number = YARDS * group + random.nextInt(YARDS);
            String name = sort + "%02d".formatted(number);
            if (!names.contains(name)) {
                names.add(name);
            }
        }
        return names;
    }

    private List<YardQuestion> questions(
            List<String> names, List<Truth> truths, int asked, SplittableRandom random) {
        DifferentQuestions questions = new DifferentQuestions(DRAWS_A_QUESTION);
        questions.draw(asked, () -> writer.ask(names, truths, random));
        return questions.list();
    }
}
