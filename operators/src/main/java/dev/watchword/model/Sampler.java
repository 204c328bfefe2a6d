package dev.watchword.model;

import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.Script;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.SplittableRandom;

/** Chooses tokens by their scores. */
final class Sampler implements AutoCloseable {
    private final Script script;

    Sampler(ComputeDevice device) {
        this.script = Script.load("sampling", device);
    }

    /**
     * The next token.
     *
     * @param logits [V], float32
     * @param random the source of chance of this answer; not touched when greedy
     */
    long choose(TensorScope scope, Tensor logits, Sampling sampling, SplittableRandom random) {
        Tensor chosen =
                sampling.isGreedy()
                        ? script.call(scope, "likeliest", logits)
                        : script.call(
                                scope,
                                "sample",
                                logits,
                                sampling.temperature(),
                                sampling.topP(),
                                random.nextDouble());
        return chosen.toLongs()[0];
    }

    @Override
    public void close() {
        script.close();
    }
}
