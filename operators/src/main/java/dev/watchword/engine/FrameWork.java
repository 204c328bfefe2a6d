package dev.watchword.engine;

import dev.watchword.model.LlavaMini;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.Arrays;
import java.util.List;

/** Encodes a batch of preprocessed pictures on the device, and leaves it to the recent frames. */
final class FrameWork implements FrameEncoder {
    private final LlavaMini network;
    private final EngineModel model;
    private final RecentFrames recent;

    FrameWork(LlavaMini network, EngineModel model, RecentFrames recent) {
        this.network = network;
        this.model = model;
        this.recent = recent;
    }

    @Override
    public List<EncodedPicture> encode(List<float[]> pictures) {
        try (TensorScope scope = network.newScope()) {
            // In the precision in which they are kept: a question finds the same frame in state.
            Tensor features =
                    network.features(scope, network.pixels(scope, pictures))
                            .cast(network.precision());
            OwnedFrames batch = OwnedFrames.encode(network, features);
            List<EncodedPicture> encoded;
            try {
                encoded =
                        split(
                                pictures.size(),
                                batch.frames().visionTokens().toBytes(),
                                features.toBytes());
            } catch (RuntimeException e) {
                batch.close();
                throw e;
            }
            recent.keep(batch, encoded.stream().map(EncodedPicture::features).toList());
            return encoded;
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
