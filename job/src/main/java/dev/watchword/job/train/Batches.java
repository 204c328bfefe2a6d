package dev.watchword.job.train;

import dev.watchword.model.training.TrainingBatch;
import java.util.random.RandomGenerator;

/** Makes the batches of a stage; the same random numbers make the same batch. Safe for threads. */
@FunctionalInterface
interface Batches {
    TrainingBatch next(RandomGenerator random);
}
