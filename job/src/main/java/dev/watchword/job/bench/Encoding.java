package dev.watchword.job.bench;

import dev.watchword.model.EncodedFrames;
import dev.watchword.model.LlavaMini;
import dev.watchword.model.ModelConfig;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.SplittableRandom;

/** Preprocessed frames through the network, to their vision tokens. */
final class Encoding implements Rival {
    private final LlavaMini network;
    private final int batch;
    private final Tensor pixels;

    /**
     * @param scope owns the frames' pixels, which lie ready on the device
     * @param batch how many frames go through together
     */
    Encoding(LlavaMini network, TensorScope scope, SplittableRandom random, int batch) {
        this.network = network;
        this.batch = batch;
        ModelConfig config = network.config();
        int side = config.vision().imageSize();
        int numbers = Math.multiplyExact(batch * config.parts(), 3 * side * side);
        this.pixels =
                scope.floats(
                        RandomNumbers.floats(random, numbers),
                        batch,
                        config.parts(),
                        3,
                        side,
                        side);
    }

    LlavaMini network() {
        return network;
    }

    int batch() {
        return batch;
    }

    @Override
    public String name() {
        return "network, batch of %d, in %s".formatted(batch, Setup.name(network.precision()));
    }

    @Override
    public void run(Lap lap) {
        try (TensorScope step = network.newScope()) {
            Tensor features = network.features(step, pixels);
            try (EncodedFrames frames = network.encode(step, features, 0)) {
                frames.visionTokens().toBytes();
                lap.ends();
            }
        }
    }
}
