package dev.watchword.model;

import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.Precision;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** The networks of the golden cases, in float32, and something for them to look at. */
final class GoldenNetworks {
    /** One vision token a frame, grouped-query attention. */
    static final String LLAMA = "llama31-1token";

    /** Four vision tokens a frame, high resolution. */
    static final String VICUNA = "vicuna-hd-4tokens";

    private GoldenNetworks() {}

    static ModelDirectory directory(String name) {
        try {
            return ModelDirectory.open(
                    Path.of(
                            GoldenNetworks.class
                                    .getResource("/goldens/" + name + "/checkpoint")
                                    .toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static LlavaMini load(String name) {
        return LlavaMini.load(directory(name), ComputeDevice.CPU, Precision.FLOAT32);
    }

    /** Normally distributed numbers; the same seed gives the same. */
    static Tensor normal(TensorScope scope, long seed, long... shape) {
        int count = 1;
        for (long length : shape) {
            count = Math.multiplyExact(count, Math.toIntExact(length));
        }
        Random random = new Random(seed);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return scope.floats(numbers, shape);
    }

    /** The largest difference between numbers at the same places; infinite where there is none. */
    static float largestDifference(Tensor one, Tensor other) {
        if (!Arrays.equals(one.shape(), other.shape())) {
            return Float.POSITIVE_INFINITY;
        }
        float[] left = one.toFloats();
        float[] right = other.toFloats();
        float largest = 0;
        for (int i = 0; i < left.length; i++) {
            float difference = Math.abs(left[i] - right[i]);
            largest =
                    Math.max(
                            largest,
                            Float.isNaN(difference) ? Float.POSITIVE_INFINITY : difference);
        }
        return largest;
    }

    /** Frames as the network takes them [F, parts, 3, S, S]. */
    static Tensor frames(TensorScope scope, LlavaMini network, int count) {
        int side = network.config().vision().imageSize();
        return normal(scope, 5, count, network.config().parts(), 3, side, side);
    }
}
