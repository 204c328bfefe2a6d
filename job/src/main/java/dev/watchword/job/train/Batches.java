package dev.watchword.job.train;

import dev.watchword.model.training.TrainingBatch;
import java.util.random.RandomGenerator;

/** Makes the batches of a stage; the same random numbers make the same batch. Safe for threads. */
@FunctionalInterface
interface Batches {
    /** Draws what a batch is like. What one maker makes takes about as long to learn. */
    Maker draw(RandomGenerator random);

    /** Makes a batch that is like this. */
    default TrainingBatch next(RandomGenerator random) {
        return draw(random).make(random);
    }

    /** Makes batches that are alike. */
    @FunctionalInterface
    interface Maker {
        TrainingBatch make(RandomGenerator random);
    }
}
