package dev.watchword.job.train;

import java.util.random.RandomGenerator;

/**
 * Batches of two kinds.
 *
 * @param share of the others, from 0 to 1
 */
record MixedBatches(Batches usual, Batches others, double share) implements Batches {
    @Override
    public Maker draw(RandomGenerator random) {
        return (random.nextDouble() < share ? others : usual).draw(random);
    }
}
