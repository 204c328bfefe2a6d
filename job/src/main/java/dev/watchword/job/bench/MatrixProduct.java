package dev.watchword.job.bench;

import dev.watchword.tensor.Precision;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.SplittableRandom;

/**
 * One matrix product of vectors [rows, inputs] with weights [outputs, inputs]: how fast this machine
 * computes at that shape.
 */
final class MatrixProduct implements Rival {
    private final CeilingScript script;
    private final TensorScope scope;
    private final Precision precision;
    private final long rows;
    private final long inputs;
    private final long outputs;
    private final Tensor vectors;
    private final Tensor weights;

    MatrixProduct(
            CeilingScript script,
            TensorScope scope,
            SplittableRandom random,
            Precision precision,
            long rows,
            long inputs,
            long outputs) {
        this.script = script;
        this.scope = scope;
        this.precision = precision;
        this.rows = rows;
        this.inputs = inputs;
        this.outputs = outputs;
        this.vectors = script.matrix(scope, random, precision, rows, inputs);
        this.weights = script.weights(scope, random, precision, outputs, inputs);
    }

    Precision precision() {
        return precision;
    }

    /** The operation and its shape: rows x inputs x outputs. */
    String operation() {
        return (rows == 1 ? "matrix-vector " : "matrix product ")
                + "%dx%dx%d".formatted(rows, inputs, outputs);
    }

    @Override
    public String name() {
        return operation() + " in " + Setup.name(precision);
    }

    /** Multiplications and additions of one run. */
    long flops() {
        return 2 * rows * inputs * outputs;
    }

    /** Bytes of weights that one run reads. */
    long weightBytes() {
        return outputs * inputs * precision.bytes();
    }

    @Override
    public void run(Lap lap) {
        try (TensorScope step = scope.child()) {
            CeilingScript.await(script.product(step, vectors, weights));
            lap.ends();
        }
    }
}
