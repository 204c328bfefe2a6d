package dev.watchword.tensor;

import java.util.SplittableRandom;

/**
 * Finds out in which number format a device multiplies matrices faster. A processor without
 * instructions for bfloat16 is many times slower with it than with float32; one that has them is
 * several times faster.
 */
public final class FastestPrecision {
    private static final int ROWS = 256;
    private static final int WIDTH = 256;
    private static final int TRIALS = 5;

    /** bfloat16 loses digits, so it must be faster by so much. */
    private static final double CLEARLY = 1.2;

    private static final String SOURCE =
            """
            def product(self, x: Tensor, weights: Tensor) -> Tensor:
                return torch.linear(x, weights)
            """;

    private FastestPrecision() {}

    /** Measures for a few milliseconds, with as many threads as operators may use. */
    public static Precision on(ComputeDevice device) {
        if (device.isCuda()) {
            return Precision.BFLOAT16;
        }
        try (Script script = Script.compile("products", SOURCE, device);
                TensorScope scope = TensorScope.open(device)) {
            Tensor matrix = matrix(scope);
            return choose(
                    nanos(script, matrix, Precision.FLOAT32),
                    nanos(script, matrix, Precision.BFLOAT16));
        }
    }

    /** Chooses by how long the same product takes in each. */
    static Precision choose(long float32Nanos, long bfloat16Nanos) {
        return bfloat16Nanos * CLEARLY < float32Nanos ? Precision.BFLOAT16 : Precision.FLOAT32;
    }

    private static Tensor matrix(TensorScope scope) {
        SplittableRandom random = new SplittableRandom(1);
        float[] numbers = new float[ROWS * WIDTH];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return scope.floats(numbers, ROWS, WIDTH);
    }

    /** The shortest of a few trials, after one that does not count. */
    private static long nanos(Script script, Tensor matrix, Precision precision) {
        Tensor rounded = matrix.cast(precision);
        long shortest = Long.MAX_VALUE;
        for (int trial = 0; trial <= TRIALS; trial++) {
            try (TensorScope step = TensorScope.open(ComputeDevice.CPU)) {
                long begun = System.nanoTime();
                script.call(step, "product", rounded, rounded);
                if (trial > 0) {
                    shortest = Math.min(shortest, System.nanoTime() - begun);
                }
            }
        }
        return shortest;
    }
}
