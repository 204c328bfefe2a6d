package dev.watchword.tensor;

import ai.djl.engine.EngineException;
import java.util.List;

/**
 * Linear layers, whose weights lie in rows, as in files, or packed: in the blocks in which oneDNN,
 * libtorch's library for processors, multiplies them. A script that calls {@code self.linear(x,
 * weights, bias)} takes both; see decision 0029.
 */
public final class Linear {
    private static final int VECTORS = 64;
    private static final int WIDTH = 512;

    /** What is a little slower may have been disturbed. */
    private static final double CLEARLY = 1.2;

    private Linear() {}

    /** What this process's libtorch can do; made when it is first asked for. */
    private static final class Library {
        static final Library INSTANCE = new Library();

        final String scriptName;
        final Script script;

        private Library() {
            String name = "linear";
            Script compiled;
            try {
                compiled = Script.load(name, ComputeDevice.CPU);
            } catch (EngineException e) {
                name = "linear_in_rows";
                compiled = Script.load(name, ComputeDevice.CPU);
            }
            this.scriptName = name;
            this.script = compiled;
        }
    }

    /** The name of the script with {@code linear}, to be loaded together with those that call it. */
    public static String scriptName() {
        return Library.INSTANCE.scriptName;
    }

    /** Compiles a script that calls {@code linear}. */
    public static Script load(String name, ComputeDevice device) {
        return Script.loadTogether(List.of(scriptName(), name), device);
    }

    /**
     * Weights [out, in] packed, for {@code linear} alone: nothing else can be done with them.
     *
     * @throws EngineException with libtorch's own message, if it cannot pack them
     */
    public static Tensor pack(TensorScope scope, Tensor weights) {
        return Library.INSTANCE.script.call(scope, "pack", weights);
    }

    /** Whether packed weights can be used on a device. */
    public static boolean packs(ComputeDevice device, Precision precision) {
        return triesPacked(
                device,
                precision,
                (scope, vectors, rows, packed) -> {
                    multiply(scope, vectors, packed);
                    return true;
                });
    }

    /**
     * Whether packed weights can be used on a device and are not slower there, which is measured for
     * a few milliseconds. Where both are about as fast it may be either.
     */
    public static boolean packsWell(ComputeDevice device, Precision precision) {
        return triesPacked(
                device,
                precision,
                (scope, vectors, rows, packed) ->
                        ProductTrial.nanos(vectors, packed)
                                < CLEARLY * ProductTrial.nanos(vectors, rows));
    }

    /** What is made of vectors, and of weights in rows and packed. */
    private interface Trial {
        boolean passes(TensorScope scope, Tensor vectors, Tensor rows, Tensor packed);
    }

    private static boolean triesPacked(ComputeDevice device, Precision precision, Trial trial) {
        if (device.isCuda()) {
            return false;
        }
        try (TensorScope scope = TensorScope.open(device)) {
            Tensor vectors = ProductTrial.matrix(scope, VECTORS, WIDTH).cast(precision);
            Tensor rows = ProductTrial.matrix(scope, WIDTH, WIDTH).cast(precision);
            Tensor packed = pack(scope, rows);
            return trial.passes(scope, vectors, rows, packed);
        } catch (EngineException e) {
            // This libtorch, or this processor, has no packed weights of this precision.
            return false;
        }
    }

    /** Vectors [n, in] through weights [out, in], packed or not: [n, out]. */
    public static Tensor multiply(TensorScope scope, Tensor vectors, Tensor weights) {
        return Library.INSTANCE.script.call(scope, "product", vectors, weights);
    }
}
