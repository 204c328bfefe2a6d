package dev.watchword.engine;

import dev.watchword.model.EncodedFrames;
import dev.watchword.model.LlavaMini;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.Arrays;
import java.util.List;

/** Encodes a batch of preprocessed pictures on the device. */
final class FrameWork implements FrameEncoder {
    private final LlavaMini network;
    private final EngineModel model;

    FrameWork(LlavaMini network, EngineModel model) {
        this.network = network;
        this.model = model;
    }

    @Override
    public List<EncodedPicture> encode(List<float[]> pictures) {
        try (TensorScope scope = network.newScope()) {
            Tensor features = network.features(scope, network.pixels(scope, pictures));
            try (EncodedFrames frames = network.encode(scope, features, 0)) {
                return split(
                        pictures.size(),
                        frames.visionTokens().toBytes(),
                        features.cast(network.precision()).toBytes());
            }
        }
    }

    private List<EncodedPicture> split(int count, byte[] tokens, byte[] features) {
        EncodedPicture[] pictures = new EncodedPicture[count];
        for (int i = 0; i < count; i++) {
            pictures[i] =
                    new EncodedPicture(
                            slice(tokens, i, model.tokenBytes()),
                            slice(features, i, model.featureBytes()));
        }
        return List.of(pictures);
    }

    private static byte[] slice(byte[] all, int index, int length) {
        return Arrays.copyOfRange(all, index * length, (index + 1) * length);
    }
}
