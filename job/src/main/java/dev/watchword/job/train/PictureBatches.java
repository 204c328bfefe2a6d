package dev.watchword.job.train;

import dev.watchword.model.training.TrainingBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Single pictures with what is to be seen in them. */
record PictureBatches(SceneBank bank, int size) implements Batches {
    @Override
    public TrainingBatch next(RandomGenerator random) {
        List<byte[]> pictures = new ArrayList<>();
        int[][] states = new int[size][];
        for (int i = 0; i < size; i++) {
            int yard = random.nextInt(bank.size());
            int second = random.nextInt(SceneBank.SECONDS);
            pictures.add(bank.picture(yard, second));
            states[i] = SceneStates.of(bank.yard(yard).at(second));
        }
        return new TrainingBatch(
                Variation.of(pictures, random), states, Optional.empty(), Optional.empty());
    }
}
