package dev.watchword.engine;

import dev.watchword.tensor.Precision;

/**
 * What is known about the engine's model.
 *
 * @param id which weights and which precision; tokens of different ids do not mix
 * @param precision in which tokens and features are kept
 * @param tokenBytes bytes of one frame's vision tokens
 * @param featureBytes bytes of one frame's vision-tower features
 * @param newestShare the least share of the newest frame in the mean of the fused text, from 0 to 1
 * @param anchored whether the text in front of the frames is fused with one keyframe alone, so that
 *     the engine can keep what it read of a history
 */
public record EngineModel(
        String id,
        Precision precision,
        int tokenBytes,
        int featureBytes,
        double newestShare,
        boolean anchored) {
    /** The numbers of a frame's vision tokens. */
    public float[] numbers(byte[] token) {
        return precision.numbers(token);
    }
}
