package dev.watchword.job.train;

import dev.watchword.model.training.TrainingBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Single pictures with what is to be seen in them. */
record PictureBatches(SceneBank bank, int size, Showing showing) implements Batches {
    /** How a second of a yard is shown; some have fewer colours than they were drawn with. */
    interface Showing {
        /** Shows a second of a yard. */
        Shown show(SceneBank bank, int yard, int second, RandomGenerator random);
    }

    /**
     * A picture as it is shown.
     *
     * @param picture bytes [3, side, side]
     * @param states what the state heads are to tell of it
     */
    record Shown(byte[] picture, int[] states) {}

    @Override
    public Maker draw(RandomGenerator random) {
        return this::make;
    }

    private TrainingBatch make(RandomGenerator random) {
        List<byte[]> pictures = new ArrayList<>();
        int[][] states = new int[size][];
        for (int i = 0; i < size; i++) {
            int yard = random.nextInt(bank.size());
            int second = random.nextInt(SceneBank.SECONDS);
            Shown shown = showing.show(bank, yard, second, random);
            pictures.add(shown.picture());
            states[i] = shown.states();
        }
        return new TrainingBatch(
                Variation.of(pictures, random), states, Optional.empty(), Optional.empty());
    }
}
