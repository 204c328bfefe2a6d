package dev.watchword.tensor;

import java.util.SplittableRandom;

/** Tries how long a product of vectors with weights takes on this machine. */
final class ProductTrial {
    private static final int TRIALS = 50;

    private ProductTrial() {}

    /** Random numbers, the same in every process. */
    static Tensor matrix(TensorScope scope, int rows, int columns) {
        SplittableRandom random = new SplittableRandom(1);
        float[] numbers = new float[rows * columns];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return scope.floats(numbers, rows, columns);
    }

    /** The shortest of many trials, after one that does not count. */
    static long nanos(Tensor vectors, Tensor weights) {
        long shortest = Long.MAX_VALUE;
        for (int trial = 0; trial <= TRIALS; trial++) {
            try (TensorScope step = TensorScope.open(ComputeDevice.CPU)) {
                long begun = System.nanoTime();
                Linear.multiply(step, vectors, weights);
                if (trial > 0) {
                    shortest = Math.min(shortest, System.nanoTime() - begun);
                }
            }
        }
        return shortest;
    }
}
