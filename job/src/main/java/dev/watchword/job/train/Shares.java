package dev.watchword.job.train;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * How much each keyframe counts in the fused text. Mostly as the bundled model will have it, now and
 * then as the plain mean or the newest frame alone.
 */
final class Shares {
    private static final double USUAL = 0.7;

    private Shares() {}

    /**
     * Draws shares.
     *
     * @param keyframes the newest is the last
     * @param frames how many frames the keyframes stand for
     */
    static float[] draw(int keyframes, int frames, RandomGenerator random) {
        double plain = 1.0 / frames;
        double kind = random.nextDouble();
        double newest =
                kind < USUAL
                        ? Math.max(plain, BundledModel.NEWEST_SHARE)
                        : kind < (1 + USUAL) / 2 ? plain : 1;
        float[] shares = new float[keyframes];
        if (keyframes > 1) {
            Arrays.fill(shares, (float) ((1 - newest) / (keyframes - 1)));
        }
        shares[keyframes - 1] = keyframes > 1 ? (float) newest : 1;
        return shares;
    }
}
