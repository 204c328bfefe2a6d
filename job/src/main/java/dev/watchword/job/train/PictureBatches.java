package dev.watchword.job.train;

import dev.watchword.model.training.TrainingBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Single pictures with what is to be seen in them. Some have no colours, and then none are told.
 */
record PictureBatches(SceneBank bank, int size) implements Batches {
    private static final double GREY = 0.35;

    @Override
    public TrainingBatch next(RandomGenerator random) {
        List<byte[]> pictures = new ArrayList<>();
        int[][] states = new int[size][];
        for (int i = 0; i < size; i++) {
            int yard = random.nextInt(bank.size());
            int second = random.nextInt(SceneBank.SECONDS);
            byte[] picture = bank.picture(yard, second);
            states[i] = bank.states(yard, second);
            if (random.nextDouble() < GREY) {
                picture = Variation.withoutColours(picture);
                states[i] = SceneStates.withUntoldColours(states[i]);
            }
            pictures.add(picture);
        }
        return new TrainingBatch(
                Variation.of(pictures, random), states, Optional.empty(), Optional.empty());
    }
}
