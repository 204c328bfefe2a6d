package dev.watchword.job.bench;

import dev.watchword.model.EncodedFrames;
import dev.watchword.model.LlavaMini;
import dev.watchword.model.ModelConfig;
import dev.watchword.tensor.Precision;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.Optional;
import java.util.SplittableRandom;

/** Preprocessed frames through the network, to their vision tokens. */
final class BatchEncoding implements EncodingRival {
    private final LlavaMini network;
    private final int batch;
    private final Tensor pixels;
    private final LibtorchShare libtorch = new LibtorchShare();

    /**
     * @param scope owns the frames' pixels, which lie ready on the device
     * @param batch how many frames go through together
     */
    BatchEncoding(LlavaMini network, TensorScope scope, SplittableRandom random, int batch) {
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

    @Override
    public String what() {
        return "network";
    }

    @Override
    public Precision precision() {
        return network.precision();
    }

    @Override
    public Optional<Integer> streams() {
        return Optional.empty();
    }

    @Override
    public Number batch() {
        return batch;
    }

    @Override
    public int framesAtOnce() {
        return batch;
    }

    @Override
    public int times() {
        return 1;
    }

    @Override
    public LibtorchShare libtorch() {
        return libtorch;
    }

    @Override
    public String name() {
        return "network, batch of %d, in %s".formatted(batch, Setup.name(network.precision()));
    }

    @Override
    public void run(Lap lap) {
        libtorch.measure(this::encode);
        lap.ends();
    }

    private void encode() {
        try (TensorScope step = network.newScope()) {
            Tensor features = network.features(step, pixels);
            try (EncodedFrames frames = network.encode(step, features, 0)) {
                frames.visionTokens().toBytes();
            }
        }
    }
}
