package dev.watchword.job.train;

import dev.watchword.job.questions.Truth;
import dev.watchword.model.training.TrainingBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Single frames, as they are, with questions about each; for measuring. */
record SingleFrameBatches(SceneBank bank, QuestionMix mix, int pictures, int asked)
        implements Batches {
    @Override
    public Maker draw(RandomGenerator random) {
        return this::make;
    }

    private TrainingBatch make(RandomGenerator random) {
        List<byte[]> shown = new ArrayList<>();
        int[][] states = new int[pictures][];
        List<List<CodedQuestion>> questions = new ArrayList<>();
        float[][] shares = new float[pictures][];
        for (int i = 0; i < pictures; i++) {
            int yard = random.nextInt(bank.size());
            int second = random.nextInt(SceneBank.SECONDS);
            shown.add(bank.picture(yard, second));
            states[i] = bank.states(yard, second);
            questions.add(mix.ask(Truth.of(bank.yard(yard), second, second + 1), asked, random));
            shares[i] = new float[1];
            Arrays.fill(shares[i], 1);
        }
        return new TrainingBatch(
                Variation.none(shown),
                states,
                Optional.of(QuestionLayout.of(questions).laid(shares)),
                Optional.empty());
    }
}
