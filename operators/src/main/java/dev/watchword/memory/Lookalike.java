package dev.watchword.memory;

import java.util.List;
import java.util.function.LongFunction;

/**
 * The keyframe that looks most like a frame. Vision tokens are what the model has kept of what is to
 * be seen, so that is the one whose tokens are nearest to the frame's, by their Euclidean distance.
 */
public final class Lookalike {
    private Lookalike() {}

    /**
     * Finds it.
     *
     * @param frame a sequence
     * @param keyframes sequences, rising; not empty
     * @param tokens the numbers of a frame's vision tokens, by its sequence; of all frames as many
     * @return the frame itself where it is a keyframe; of several that are equally near the newest
     */
    public static long of(long frame, List<Long> keyframes, LongFunction<float[]> tokens) {
        if (keyframes.contains(frame)) {
            return frame;
        }
        float[] sought = tokens.apply(frame);
        long nearest = keyframes.get(0);
        double least = Double.POSITIVE_INFINITY;
        for (long keyframe : keyframes) {
            double distance = squaredDistance(sought, tokens.apply(keyframe));
            if (distance <= least) {
                least = distance;
                nearest = keyframe;
            }
        }
        return nearest;
    }

    private static double squaredDistance(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            double difference = one[i] - other[i];
            sum += difference * difference;
        }
        return sum;
    }
}
