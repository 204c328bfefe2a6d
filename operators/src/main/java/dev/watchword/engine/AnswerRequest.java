package dev.watchword.engine;

import dev.watchword.model.Sampling;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A question with the frames that it is about.
 *
 * @param question its text
 * @param tokens the vision tokens of every frame in scope, oldest first; at least one
 * @param keyframes the features of those frames with which the question is fused, and how much
 *     each counts; at least one
 * @param maxTokens after so many tokens the answer is cut
 * @param deadline after this moment the answer is not wanted any more
 */
public record AnswerRequest(
        String question,
        List<byte[]> tokens,
        List<WeightedKeyframe> keyframes,
        Sampling sampling,
        int maxTokens,
        Optional<Instant> deadline) {

    /**
     * A keyframe's share in the mean of the fused text.
     *
     * @param features {@link EngineModel#featureBytes} long
     * @param weight above 0; the weights of a request add up to 1
     */
    public record WeightedKeyframe(byte[] features, double weight) {}

    public AnswerRequest {
        tokens = List.copyOf(tokens);
        keyframes = List.copyOf(keyframes);
        if (tokens.isEmpty() || keyframes.isEmpty()) {
            throw new IllegalArgumentException("A question needs at least one frame.");
        }
        if (maxTokens < 1) {
            throw new IllegalArgumentException("An answer needs at least one token.");
        }
    }
}
