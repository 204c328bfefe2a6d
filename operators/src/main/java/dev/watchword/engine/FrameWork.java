package dev.watchword.engine;

import dev.watchword.model.EncodedFrames;
import dev.watchword.model.LlavaMini;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.Arrays;
import java.util.List;

/** Encodes a batch of preprocessed pictures on the device. */
final class FrameWork {
    private final LlavaMini network;
    private final EngineModel model;
    private final long[] pictureShape;

    FrameWork(LlavaMini network, EngineModel model) {
        this.network = network;
        this.model = model;
        int side = network.config().vision().imageSize();
        this.pictureShape = new long[] {network.config().parts(), 3, side, side};
    }

    /** The pictures' tokens and features, in their order. Blocks until the device is done. */
    List<EncodedPicture> encode(List<float[]> pictures) {
        try (TensorScope scope = network.newScope()) {
            Tensor pixels = pixels(scope, pictures);
            Tensor features = network.features(scope, pixels);
            try (EncodedFrames frames = network.encode(scope, features, 0)) {
                return split(
                        pictures.size(),
                        frames.visionTokens().toBytes(),
                        features.cast(network.precision()).toBytes());
            }
        }
    }

    private Tensor pixels(TensorScope scope, List<float[]> pictures) {
        int length = pictures.get(0).length;
        float[] all = new float[Math.multiplyExact(length, pictures.size())];
        for (int i = 0; i < pictures.size(); i++) {
            System.arraycopy(pictures.get(i), 0, all, i * length, length);
        }
        return scope.floats(
                all,
                pictures.size(),
                pictureShape[0],
                pictureShape[1],
                pictureShape[2],
                pictureShape[3]);
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
