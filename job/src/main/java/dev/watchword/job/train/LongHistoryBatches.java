package dev.watchword.job.train;

import dev.watchword.job.questions.Family;
import dev.watchword.job.questions.Span;
import dev.watchword.job.questions.Truth;
import dev.watchword.job.questions.YardQuestion;
import dev.watchword.job.yard.JoinedYard;
import dev.watchword.job.yard.Yard;
import dev.watchword.model.training.HeadTarget;
import dev.watchword.model.training.TrainingBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/**
 * Histories of up to a thousand frames, on tokens that were encoded before, with questions. They
 * are made to look longer than they are: yards that are joined stand far apart, and for a question
 * every frame that does not decide it stands for many.
 */
record LongHistoryBatches(
        SceneBank bank, TokenBank tokens, QuestionMix mix, int asked, List<Size> sizes)
        implements Batches {
    /** For learning to answer. */
    static final List<Size> ANSWERS =
            List.of(
                    new Size(1, 12, 6),
                    new Size(16, 8, 8),
                    new Size(64, 6, 20),
                    new Size(160, 4, 24),
                    new Size(320, 2, 18),
                    new Size(640, 2, 12),
                    new Size(1_000, 1, 12));

    /** For learning to notice: short histories, so that many of them fit into a step. */
    static final List<Size> EVENTS = List.of(new Size(64, 12, 50), new Size(128, 6, 50));

    /** As of a span in the middle of a long history, whose newest frame is mostly no keyframe. */
    private static final double FUSED_WITH_THE_PAST = 0.15;

    private static final double ANCHORED_ELSEWHERE = 0.6;
    private static final double STRETCHED = 0.6;
    private static final double LONGEST_GAP = 8_000;
    private static final double MULTIPLIED = 0.5;
    private static final double MOST_MULTIPLES = 100;

    /** Families whose answers rest on many frames that are not evidence: what did not happen. */
    private static final Set<Family> SEQUENCES = Set.of(Family.ORDER, Family.EVENT_COUNT);

    private static final double MOST_OF_SEQUENCES = 4;

    /**
     * A size of batch.
     *
     * @param frames of the longest history
     * @param histories how many
     * @param percent how often it is drawn
     */
    record Size(int frames, int histories, int percent) {}

    @Override
    public Maker draw(RandomGenerator random) {
        Size size = size(random);
        return own -> make(size, own);
    }

    private TrainingBatch make(Size size, RandomGenerator random) {
        Histories made = new Histories(size.histories(), size.frames());
        for (int history = 0; history < size.histories(); history++) {
            made.add(history, random);
        }
        return made.batch();
    }

    private Size size(RandomGenerator random) {
        int rest = random.nextInt(100);
        for (Size size : sizes) {
            rest -= size.percent();
            if (rest < 0) {
                return size;
            }
        }
        throw new IllegalStateException("The sizes are drawn less often than always: " + sizes);
    }

    /** The histories of a batch in the making. */
    private final class Histories {
        private final int frames;
        private final List<byte[]> pictures = new ArrayList<>();
        private final List<int[]> states = new ArrayList<>();
        private final List<int[]> events = new ArrayList<>();
        private final List<List<CodedQuestion>> questions = new ArrayList<>();
        private final float[][] shares;
        private final float[] vectors;
        private final byte[] there;
        private final long[] positions;
        private final long[] starts;
        private final float[] multiples;
        private final long[] anchors;
        private final List<Integer> moments = new ArrayList<>();
        private final List<Integer> later = new ArrayList<>();

        Histories(int histories, int frames) {
            this.frames = frames;
            this.shares = new float[histories][];
            this.vectors = new float[histories * frames * tokens.width()];
            this.there = new byte[histories * frames];
            this.positions = new long[histories * frames];
            this.starts = new long[histories];
            this.anchors = new long[histories];
            this.multiples = new float[histories * asked * frames];
        }

        void add(int history, RandomGenerator random) {
            int count = frames < 16 ? frames : random.nextInt(frames / 2, frames + 1);
            List<Integer> parts = parts(count, random);
            List<Yard> yards = parts.stream().map(bank::yard).toList();
            int to = parts.size() * SceneBank.SECONDS - random.nextInt(SceneBank.SECONDS);
            int from = Math.max(0, to - count);
            count = to - from;
            Yard joined = JoinedYard.of(yards);
            Truth truth = Truth.of(joined, from, to);
            List<CodedQuestion> own = mix.ask(truth, asked, random);
            questions.add(own);
            anchors[history] =
                    random.nextDouble() < ANCHORED_ELSEWHERE
                            ? random.nextInt(anchors.length)
                            : history;
            starts[history] = layFrames(history, parts, from, to, random);
            for (int i = 0; i < frames; i++) {
                long position = positions[history * frames + i];
                events.add(
                        i < count
                                ? SceneEvents.of(joined, from + i, position, i == 0, bank.leftOut())
                                : SceneEvents.untold());
            }
            for (int i = 0; i < own.size(); i++) {
                multiply(history, i, own.get(i).question(), from, count, random);
                date(history, own.get(i).mentions(), from, count);
            }
            shares[history] = new float[] {1};
            boolean past = random.nextDouble() < FUSED_WITH_THE_PAST;
            addKeyframe(parts, past ? random.nextInt(from, to) : to - 1);
        }

        /** Notes when what a question names happened, and what was later than what it named before. */
        private void date(int history, List<CodedQuestion.Mention> mentions, int from, int count) {
            for (int i = 0; i < mentions.size(); i++) {
                int second = mentions.get(i).second();
                int frame = Math.min(second - from, count - 1);
                moments.add(SceneEvents.time(positions[history * frames + frame]));
                later.add(i == 0 ? -1 : second > mentions.get(i - 1).second() ? 1 : 0);
            }
        }

        /** Yards of one group, without repetition, that last long enough. */
        private List<Integer> parts(int count, RandomGenerator random) {
            int group = random.nextInt(bank.size() / SceneBank.GROUP);
            List<Integer> all = new ArrayList<>();
            for (int i = 0; i < SceneBank.GROUP; i++) {
                all.add(group * SceneBank.GROUP + i);
            }
            int needed = Math.min(all.size(), 1 + count / SceneBank.SECONDS);
            for (int i = 0; i < needed; i++) {
                Collections.swap(all, i, random.nextInt(i, all.size()));
            }
            return all.subList(0, needed);
        }

        private long layFrames(
                int history, List<Integer> parts, int from, int to, RandomGenerator random) {
            double gap =
                    random.nextDouble() < STRETCHED
                            ? Math.pow(LONGEST_GAP, random.nextDouble())
                            : 0;
            long position = 1;
            for (int second = from; second < to; second++) {
                int at = history * frames + second - from;
                if (second > from && second % SceneBank.SECONDS == 0) {
                    position += gap(gap, random);
                }
                there[at] = 1;
                positions[at] = position++;
                tokens.copy(
                        parts.get(second / SceneBank.SECONDS),
                        second % SceneBank.SECONDS,
                        vectors,
                        at * tokens.width());
            }
            for (int i = to - from; i < frames; i++) {
                positions[history * frames + i] = position;
            }
            return position;
        }

        private static long gap(double mean, RandomGenerator random) {
            return (long) Math.min(2 * LONGEST_GAP, mean * random.nextExponential());
        }

        private void multiply(
                int history,
                int question,
                YardQuestion decided,
                int from,
                int count,
                RandomGenerator random) {
            if (random.nextDouble() >= MULTIPLIED) {
                return;
            }
            double most = SEQUENCES.contains(decided.family()) ? MOST_OF_SEQUENCES : MOST_MULTIPLES;
            float logarithm = (float) (Math.log(most) * random.nextDouble());
            int row = (history * asked + question) * frames;
            Arrays.fill(multiples, row, row + count, logarithm);
            for (Span span : decided.evidence()) {
                Arrays.fill(
                        multiples,
                        row + Math.max(0, span.from() - from),
                        row + Math.min(count, span.to() - from),
                        0);
            }
        }

        private void addKeyframe(List<Integer> parts, int second) {
            int yard = parts.get(second / SceneBank.SECONDS);
            pictures.add(bank.picture(yard, second % SceneBank.SECONDS));
            states.add(bank.states(yard, second % SceneBank.SECONDS));
        }

        /**
         * When things happened, and which of two was later: that is to be told where the second is
         * named, and again where the answer begins.
         */
        private TrainingBatch.Moments moments(QuestionLayout layout) {
            List<Long> places = new ArrayList<>();
            LongStream.of(layout.mentions()).forEach(places::add);
            long[] begins = layout.begins();
            List<CodedQuestion> all = questions.stream().flatMap(List::stream).toList();
            int named = 0;
            for (int i = 0; i < begins.length; i++) {
                int mentions = all.get(i).mentions().size();
                named += mentions;
                if (mentions > 1) {
                    places.add(begins[i]);
                    moments.add(HeadTarget.UNTOLD);
                    later.add(later.get(named - 1));
                }
            }
            return TrainingBatch.Moments.dated(
                    places.stream().mapToLong(Long::longValue).toArray(),
                    moments.stream().mapToLong(Integer::longValue).toArray(),
                    later.stream().mapToLong(Integer::longValue).toArray());
        }

        TrainingBatch batch() {
            QuestionLayout layout = QuestionLayout.of(questions);
            TrainingBatch.Questions laid = layout.laid(shares);
            return new TrainingBatch(
                    Variation.none(pictures),
                    states.toArray(int[][]::new),
                    Optional.of(laid),
                    Optional.of(
                            new TrainingBatch.History(
                                    frames,
                                    vectors,
                                    there,
                                    positions,
                                    starts,
                                    multiples,
                                    events.toArray(int[][]::new),
                                    anchors,
                                    TrainingBatch.Names.NONE,
                                    moments(layout))));
        }
    }
}
