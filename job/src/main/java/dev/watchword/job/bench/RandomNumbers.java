package dev.watchword.job.bench;

import java.util.SplittableRandom;

/** Inputs whose values do not matter, only that they are ordinary numbers. */
final class RandomNumbers {
    private RandomNumbers() {}

    /** Numbers of mean 0 and deviation about 1. */
    static float[] floats(SplittableRandom random, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) ((random.nextDouble() - 0.5) * 3.4);
        }
        return numbers;
    }
}
