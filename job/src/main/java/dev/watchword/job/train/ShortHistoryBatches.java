package dev.watchword.job.train;

import dev.watchword.job.questions.Truth;
import dev.watchword.model.training.TrainingBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Up to a few frames with questions about them, learnt from the pictures on. Some batches have no
 * colours, and their questions name none.
 */
record ShortHistoryBatches(SceneBank bank, QuestionMix mix, int pictures, int asked)
        implements Batches {
    private static final double GREY = 0.25;
    private static final int[] LENGTHS = {1, 1, 1, 2, 4};

    @Override
    public Maker draw(RandomGenerator random) {
        int length = LENGTHS[random.nextInt(LENGTHS.length)];
        boolean grey = random.nextDouble() < GREY;
        return own -> make(length, grey, own);
    }

    private TrainingBatch make(int length, boolean grey, RandomGenerator random) {
        int histories = Math.max(1, pictures / length);
        List<byte[]> shown = new ArrayList<>();
        List<int[]> states = new ArrayList<>();
        List<List<CodedQuestion>> questions = new ArrayList<>();
        float[][] shares = new float[histories][];
        for (int history = 0; history < histories; history++) {
            int yard = random.nextInt(bank.size());
            int to = random.nextInt(length, SceneBank.SECONDS + 1);
            for (int second = to - length; second < to; second++) {
                byte[] picture = bank.picture(yard, second);
                shown.add(grey ? Variation.withoutColours(picture) : picture);
                int[] told = bank.states(yard, second);
                states.add(grey ? SceneStates.withoutColours(told) : told);
            }
            Truth truth = Truth.of(bank.yard(yard), to - length, to);
            questions.add(
                    grey
                            ? mix.askWithoutColours(truth, asked, random)
                            : mix.askSparing(truth, asked, random));
            shares[history] = Shares.draw(length, random);
        }
        return new TrainingBatch(
                Variation.of(shown, random),
                states.toArray(int[][]::new),
                Optional.of(QuestionLayout.of(questions).laid(shares)),
                Optional.empty());
    }
}
