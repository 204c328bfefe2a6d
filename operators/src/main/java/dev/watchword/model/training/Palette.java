package dev.watchword.model.training;

import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Classes that several state heads share: such a head gives a point, and the classes lie at points
 * that are the same for all of them. So what is learnt of a class where one head looks holds where
 * another one looks, though it was never seen there.
 *
 * @param kinds what each state head gives; of those that give a point the palette has the classes
 * @param points where the classes lie [classes, size of those heads]
 */
public record Palette(List<HeadKind> kinds, Tensor points) {
    public Palette {
        kinds = List.copyOf(kinds);
    }

    /** Classes that lie anywhere. */
    public static Palette random(
            TensorScope scope,
            List<HeadKind> kinds,
            int classes,
            int size,
            RandomGenerator random) {
        float[] numbers = new float[classes * size];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return new Palette(kinds, scope.floats(numbers, classes, size));
    }
}
