package dev.watchword.operators;

import dev.watchword.engine.AnswerRequest;
import dev.watchword.engine.KeyframeName;
import dev.watchword.memory.StreamPart;
import dev.watchword.model.Sampling;
import dev.watchword.schemas.Query;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes what the engine gets of a question about several streams together.
 *
 * @param owner of keyframes that the engine keeps; see {@link
 *     dev.watchword.engine.Engine#newOwner}
 */
record CombinedRequests(long owner, AnswerLimits limits) {
    /**
     * The request.
     *
     * @param parts with frames, at least one, in the order in which the model sees them
     */
    AnswerRequest of(Query query, List<StreamPart> parts) {
        return new AnswerRequest(
                query.getText(),
                new AnswerRequest.History.Combined(parts.stream().map(this::segment).toList()),
                List.of(),
                Optional.empty(),
                new Sampling(query.getTemperature(), query.getTopP(), PendingQueries.seed(query)),
                query.getMaxTokens().orElse(limits.defaultTokens()),
                limits.citedFrames(),
                query.getDeadline());
    }

    private AnswerRequest.Segment segment(StreamPart part) {
        List<AnswerRequest.WeightedKeyframe> weighted = new ArrayList<>();
        Optional<AnswerRequest.Keyframe> anchor = Optional.empty();
        for (int i = 0; i < part.getKeyframes().size(); i++) {
            long sequence = part.getKeyframes().get(i);
            AnswerRequest.Keyframe keyframe =
                    new AnswerRequest.Keyframe(
                            new KeyframeName(owner, part.getStream(), sequence),
                            bytes(part.getFeatures().get(i)));
            double weight = part.getWeights().get(i);
            if (weight > 0) {
                weighted.add(new AnswerRequest.WeightedKeyframe(keyframe, weight));
            }
            if (part.getAnchor().equals(Optional.of(sequence))) {
                anchor = Optional.of(keyframe);
            }
        }
        return new AnswerRequest.Segment(
                part.getStream(),
                part.getTokens().stream().map(CombinedRequests::bytes).toList(),
                weighted,
                anchor);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
