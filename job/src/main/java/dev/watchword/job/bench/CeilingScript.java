package dev.watchword.job.bench;

import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.Linear;
import dev.watchword.tensor.Precision;
import dev.watchword.tensor.Script;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.SplittableRandom;

/** Single operators of the library under the network, to see what the machine gives. */
final class CeilingScript implements AutoCloseable {
    private static final int SEED_NUMBERS = 4096;

    private static final String SOURCE =
            """
            def filled(self, seed: Tensor, rows: int, columns: int, dtype: int) -> Tensor:
                numbers = rows * columns
                x = seed.to(dtype).repeat([numbers // seed.size(0) + 1])
                return x.narrow(0, 0, numbers).view([rows, columns])

            def copy(self, target: Tensor, source: Tensor) -> Tensor:
                return target.copy_(source)
            """;

    private final Script script;

    CeilingScript(ComputeDevice device) {
        this.script = Script.compile("ceilings", SOURCE, device);
    }

    /** A matrix of random numbers, which repeat after a few thousand. */
    Tensor matrix(
            TensorScope scope,
            SplittableRandom random,
            Precision precision,
            long rows,
            long columns) {
        try (TensorScope step = scope.child()) {
            Tensor seed = step.floats(RandomNumbers.floats(random, SEED_NUMBERS), SEED_NUMBERS);
            return script.call(scope, "filled", seed, rows, columns, precision.scalarType());
        }
    }

    /** A matrix of weights, packed where the network's are by default. */
    Tensor weights(
            TensorScope scope, SplittableRandom random, Precision precision, long out, long in) {
        try (TensorScope step = scope.child()) {
            Tensor rows = matrix(step, random, precision, out, in);
            boolean packed = Linear.packsWell(scope.device(), precision);
            return (packed ? Linear.pack(step, rows) : rows).moveTo(scope);
        }
    }

    /** Vectors [n, in] times {@link #weights}, as the network multiplies: [n, out]. */
    Tensor product(TensorScope scope, Tensor vectors, Tensor weights) {
        return Linear.multiply(scope, vectors, weights);
    }

    /** Copies a matrix into another. */
    Tensor copy(TensorScope scope, Tensor target, Tensor source) {
        return script.call(scope, "copy", target, source);
    }

    /** Returns when a matrix, and all that was asked of the device before it, has been computed. */
    static void await(Tensor matrix) {
        matrix.part(0, 0, 1).part(1, 0, 1).toFloat32().toFloats();
    }

    @Override
    public void close() {
        script.close();
    }
}
