package dev.watchword.job.questions;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Random choices. */
final class Draw {
    private Draw() {}

    /** Draws one of a list; none of an empty one. */
    static <T> Optional<T> one(List<T> among, RandomGenerator random) {
        return among.isEmpty()
                ? Optional.empty()
                : Optional.of(among.get(random.nextInt(among.size())));
    }

    /** Draws again where a draw gives nothing, so many times at most in all. */
    static <T> Optional<T> within(int attempts, Supplier<Optional<T>> draw) {
        Optional<T> drawn = Optional.empty();
        for (int attempt = 0; attempt < attempts && drawn.isEmpty(); attempt++) {
            drawn = draw.get();
        }
        return drawn;
    }

    /** Draws an index by weight. */
    static int weighted(int[] weights, RandomGenerator random) {
        int sum = 0;
        for (int weight : weights) {
            sum += weight;
        }
        int rest = random.nextInt(sum);
        int index = 0;
        while (rest >= weights[index]) {
            rest -= weights[index];
            index++;
        }
        return index;
    }
}
