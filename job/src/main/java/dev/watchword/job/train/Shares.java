package dev.watchword.job.train;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * How much each keyframe counts in the fused text: mostly as the bundled model will have it, the
 * newest alone, now and then all alike.
 */
final class Shares {
    private static final double USUAL = 0.7;

    private Shares() {}

    /**
     * Draws shares.
     *
     * @param keyframes how many; the newest is the last
     */
    static float[] draw(int keyframes, RandomGenerator random) {
        float[] shares = new float[keyframes];
        if (random.nextDouble() < USUAL) {
            shares[keyframes - 1] = 1;
        } else {
            Arrays.fill(shares, 1f / keyframes);
        }
        return shares;
    }
}
