package dev.watchword.model.training;

import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Linear maps from a vector inside the network to what it should know, which help to train it and are
 * thrown away with the training.
 *
 * @param sizes how many classes each head tells apart
 * @param weights [sum of sizes, D]
 */
public record StateHeads(List<Integer> sizes, Tensor weights) {
    public StateHeads {
        sizes = List.copyOf(sizes);
    }

    /** Heads that have learnt nothing. */
    public static StateHeads random(
            TensorScope scope, List<Integer> sizes, int width, RandomGenerator random) {
        int rows = sizes.stream().mapToInt(Integer::intValue).sum();
        float[] numbers = new float[rows * width];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (random.nextGaussian() / width);
        }
        return new StateHeads(sizes, scope.floats(numbers, rows, width));
    }
}
