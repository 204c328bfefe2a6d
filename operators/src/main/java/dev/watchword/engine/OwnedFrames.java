package dev.watchword.engine;

import dev.watchword.model.EncodedFrames;
import dev.watchword.model.LlavaMini;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.function.Function;

/**
 * Frames as pre-fusion left them, with a scope of their own, so that they can be kept for as long as
 * there is room. For the device's thread.
 *
 * @param scope which holds nothing else
 */
record OwnedFrames(EncodedFrames frames, TensorScope scope) implements AutoCloseable {

    /**
     * Encodes frames.
     *
     * @param features [F, parts, P, Dv]
     */
    static OwnedFrames encode(LlavaMini network, Tensor features) {
        return in(network.newScope(), scope -> network.encode(scope, features, 0));
    }

    /** A copy of one of the frames, which shares no memory with the others. */
    static OwnedFrames copy(LlavaMini network, EncodedFrames all, int index) {
        return in(network.newScope(), scope -> all.frame(scope, index));
    }

    private static OwnedFrames in(TensorScope scope, Function<TensorScope, EncodedFrames> work) {
        try {
            return new OwnedFrames(work.apply(scope), scope);
        } catch (RuntimeException e) {
            scope.close();
            throw e;
        }
    }

    /** The bytes of the device's memory that they take. */
    long bytes() {
        return frames.bytes();
    }

    @Override
    public void close() {
        frames.close();
        scope.close();
    }
}
