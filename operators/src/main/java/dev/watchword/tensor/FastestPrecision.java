package dev.watchword.tensor;

/**
 * Finds out in which number format a device multiplies matrices faster. A processor without
 * instructions for bfloat16 is many times slower with it than with float32; one that has them is
 * several times faster.
 */
public final class FastestPrecision {
    private static final int WIDTH = 256;

    /** bfloat16 loses digits, so it must be faster by so much. */
    private static final double CLEARLY = 1.2;

    private FastestPrecision() {}

    /** Measures for a few milliseconds, with as many threads as operators may use. */
    public static Precision on(ComputeDevice device) {
        if (device.isCuda()) {
            return Precision.BFLOAT16;
        }
        try (TensorScope scope = TensorScope.open(device)) {
            Tensor matrix = ProductTrial.matrix(scope, WIDTH, WIDTH);
            Tensor rounded = matrix.cast(Precision.BFLOAT16);
            return choose(ProductTrial.nanos(matrix, matrix), ProductTrial.nanos(rounded, rounded));
        }
    }

    /** Chooses by how long the same product takes in each. */
    static Precision choose(long float32Nanos, long bfloat16Nanos) {
        return bfloat16Nanos * CLEARLY < float32Nanos ? Precision.BFLOAT16 : Precision.FLOAT32;
    }
}
