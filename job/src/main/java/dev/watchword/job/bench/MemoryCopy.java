package dev.watchword.job.bench;

import dev.watchword.tensor.Precision;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.SplittableRandom;

/** Copies a matrix: how fast this machine reads and writes memory. */
final class MemoryCopy implements Rival {
    private final CeilingScript script;
    private final TensorScope scope;
    private final Precision precision;
    private final long bytes;
    private final Tensor source;
    private final Tensor target;

    MemoryCopy(
            CeilingScript script,
            TensorScope scope,
            SplittableRandom random,
            Precision precision,
            long rows,
            long columns) {
        this.script = script;
        this.scope = scope;
        this.precision = precision;
        this.bytes = rows * columns * precision.bytes();
        this.source = script.matrix(scope, random, precision, rows, columns);
        this.target = script.matrix(scope, random, precision, rows, columns);
    }

    Precision precision() {
        return precision;
    }

    String operation() {
        return "copy of %d MB".formatted(Math.round(bytes / 1e6));
    }

    @Override
    public String name() {
        return operation() + " in " + Setup.name(precision);
    }

    /** Bytes that one run reads or writes. */
    long bytes() {
        return 2 * bytes;
    }

    @Override
    public void run(Lap lap) {
        try (TensorScope step = scope.child()) {
            CeilingScript.await(script.copy(step, target, source));
            lap.ends();
        }
    }
}
