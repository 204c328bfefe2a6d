package dev.watchword.job.exam;

import dev.watchword.job.bench.Progress;
import dev.watchword.job.questions.Family;
import dev.watchword.job.questions.YardQuestion;
import dev.watchword.memory.FusionPlan;
import dev.watchword.memory.Keyframe;
import dev.watchword.memory.KeyframePolicy;
import dev.watchword.model.FrameHistory;
import dev.watchword.model.KeyframeFusion;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * What is lost where a question is fused with some keyframes of a history instead of with every frame:
 * how far the fused text is from the exact mean, and whether the answers change. For one thread.
 */
public final class SamplingStudy {
    private static final Set<Family> FAMILIES = Family.BY_THEMSELVES;
    private static final long PURPOSE = 0x64;

    private final DirectModel model;
    private final Plan plan;
    private final Progress progress;

    /**
     * What is studied.
     *
     * @param seed from which yards and questions follow
     * @param frames of each history
     * @param yards how many
     * @param questions of each family, in all yards together at most
     * @param recent how many of the newest frames are keyframes
     * @param samples sizes of the uniform sample of all frames
     */
    public record Plan(
            long seed, int frames, int yards, int questions, int recent, List<Integer> samples) {
        public Plan {
            samples = List.copyOf(samples);
        }
    }

    /**
     * A way to fuse, and what came of it.
     *
     * @param way in words
     * @param keyframes how many frames count in the fused text
     * @param cosine of the fused text's vectors with those of the exact mean: their mean
     * @param lowestCosine of a question: the mean over its vectors
     * @param right answers that are right
     * @param same answers that are those of the exact mean
     */
    public record Row(
            String way,
            int keyframes,
            double cosine,
            double lowestCosine,
            Score right,
            Score same) {}

    public SamplingStudy(DirectModel model, Plan plan, Progress progress) {
        this.model = model;
        this.plan = plan;
        this.progress = progress;
    }

    /** The ways to fuse, from every frame to the fewest: the newest frame alone. */
    public List<Row> run() throws InterruptedException {
        Paper paper =
                PaperWriter.ofAll(ExamSeeds.of(plan.seed(), PURPOSE))
                        .write(plan.frames(), FAMILIES, plan.questions());
        List<Sheet> sheets = paper.sheets().stream().limit(plan.yards()).toList();
        List<Sum> sums = new ArrayList<>();
        for (int number = 0; number < sheets.size(); number++) {
            int yard = number + 1;
            study(sheets.get(number), sums, "Yard %d of %d".formatted(yard, sheets.size()));
        }
        return sums.stream().map(Sum::row).toList();
    }

    /** A way to fuse the questions of a moment. */
    private record Way(String name, FusionPlan fusion) {}

    private List<Way> ways(String stream, int frames) {
        List<Keyframe> all =
                LongStream.range(0, frames)
                        .mapToObj(number -> new Keyframe(number, number))
                        .toList();
        List<Way> ways = new ArrayList<>();
        FusionPlan exact = plan(new KeyframePolicy(frames, 0, 0), stream, all);
        ways.add(new Way("every frame", exact));
        for (int sample : plan.samples()) {
            ways.add(
                    new Way(
                            "the newest %d, a sample of %d".formatted(plan.recent(), sample),
                            plan(new KeyframePolicy(plan.recent(), sample, 0), stream, all)));
        }
        ways.add(new Way("the newest alone", exact.withShare(frames - 1, 1)));
        return ways;
    }

    private static FusionPlan plan(KeyframePolicy policy, String stream, List<Keyframe> all) {
        int frames = all.size();
        return FusionPlan.of(policy, stream, policy.keep(stream, all, frames), frames, 0, frames);
    }

    private void study(Sheet sheet, List<Sum> sums, String where) throws InterruptedException {
        FrameStore frames = model.remembersEveryFrame(sheet.stream(), sheet.pictures());
        for (Sheet.Look look : sheet.looks()) {
            progress.show(() -> where + ", drawing");
            frames.show(look.end());
            List<Way> ways = ways(sheet.stream(), look.end());
            while (sums.size() < ways.size()) {
                sums.add(new Sum(ways.get(sums.size())));
            }
            try (Asked asked = new Asked(frames, look.questions())) {
                for (int way = 0; way < ways.size(); way++) {
                    String name = ways.get(way).name();
                    progress.show(() -> where + ", fused with " + name);
                    sums.get(way).add(asked.fusedWith(ways.get(way).fusion()), asked);
                }
            }
        }
    }

    /** What came of one question. */
    private record Outcome(float[] fused, String answer) {}

    /** The questions of one moment; the first way in which they are fused is the exact one. */
    private final class Asked implements AutoCloseable {
        private final FrameStore frames;
        private final List<YardQuestion> questions;
        private final FrameHistory history;
        private List<Outcome> exact = List.of();

        Asked(FrameStore frames, List<YardQuestion> questions) {
            this.frames = frames;
            this.questions = questions;
            try (TensorScope scope = model.network().newScope()) {
                long anchor = frames.anchor(frames.frames());
                this.history =
                        new FrameHistory(
                                model.network(), model.text(), frames.fusion(scope, anchor));
                history.append(frames.tokens(scope, frames.frames()));
            }
        }

        List<Outcome> fusedWith(FusionPlan plan) {
            List<Outcome> outcomes = new ArrayList<>();
            try (TensorScope scope = model.network().newScope()) {
                KeyframeFusion fusion = frames.fusion(scope, plan);
                history.fuseWith(fusion);
                for (YardQuestion question : questions) {
                    Tensor fused = fusion.behind(scope, model.text().prompt(question.text()));
                    outcomes.add(
                            new Outcome(
                                    fused.toFloat32().toFloats(),
                                    history.answer(question.text(), Exam.MOST_TOKENS)));
                }
            }
            if (exact.isEmpty()) {
                exact = outcomes;
            }
            return outcomes;
        }

        @Override
        public void close() {
            history.close();
        }
    }

    /** What came of one way so far. */
    private final class Sum {
        private final Way way;
        private double cosines;
        private double lowest = 1;
        private Score right = Score.NONE;
        private Score same = Score.NONE;

        Sum(Way way) {
            this.way = way;
        }

        void add(List<Outcome> outcomes, Asked asked) {
            int width = model.network().config().language().width();
            for (int i = 0; i < outcomes.size(); i++) {
                Outcome exact = asked.exact.get(i);
                Outcome outcome = outcomes.get(i);
                double cosine = cosine(outcome.fused(), exact.fused(), width);
                cosines += cosine;
                lowest = Math.min(lowest, cosine);
                right =
                        right.plus(
                                Marking.isRight(outcome.answer(), asked.questions.get(i).answer()));
                same = same.plus(Marking.isRight(outcome.answer(), exact.answer()));
            }
        }

        Row row() {
            int counting =
                    (int) way.fusion().weights().stream().filter(weight -> weight > 0).count();
            return new Row(way.name(), counting, cosines / right.questions(), lowest, right, same);
        }
    }

    /** The mean of the cosines of vectors of a width that lie end to end. */
    static double cosine(float[] some, float[] others, int width) {
        double sum = 0;
        for (int at = 0; at < some.length; at += width) {
            double product = 0;
            double square = 0;
            double otherSquare = 0;
            for (int i = at; i < at + width; i++) {
                product += (double) some[i] * others[i];
                square += (double) some[i] * some[i];
                otherSquare += (double) others[i] * others[i];
            }
            sum += product / Math.sqrt(square * otherSquare);
        }
        return sum * width / some.length;
    }
}
