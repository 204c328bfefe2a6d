package dev.watchword.job.train;

import dev.watchword.model.training.TrainingBatch;
import java.util.random.RandomGenerator;

/**
 * Batches of two kinds.
 *
 * @param share of the others, from 0 to 1
 */
record MixedBatches(Batches usual, Batches others, double share) implements Batches {
    @Override
    public TrainingBatch next(RandomGenerator random) {
        return (random.nextDouble() < share ? others : usual).next(random);
    }
}
