package dev.watchword.operators;

import dev.watchword.engine.AnswerRequest;
import dev.watchword.engine.KeyframeName;
import dev.watchword.memory.FrameWindow;
import dev.watchword.memory.FusionPlan;
import dev.watchword.memory.PendingQuery;
import dev.watchword.memory.WaitingQuery;
import dev.watchword.model.Sampling;
import dev.watchword.model.text.Turn;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.RecordCodec;
import dev.watchword.schemas.RecordCodecs;
import dev.watchword.schemas.RecordFormat;
import dev.watchword.schemas.UndecodableRecordException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/** From a query to what is kept of it in state, and from that to what the engine gets. */
final class PendingQueries {
    private static final RecordCodec<Query> QUERIES =
            RecordCodecs.of(Query.class, RecordFormat.AVRO);

    private PendingQueries() {}

    static PendingQuery of(Query query, Instant takenAt, FrameWindow window, FusionPlan plan) {
        return PendingQuery.newBuilder()
                .setQuery(encoded(query))
                .setTakenAt(takenAt)
                .setFrames(window.count())
                .setFirstSequence(window.first())
                .setFirstCapturedAt(window.firstCapturedAt())
                .setLastSequence(window.last())
                .setLastCapturedAt(window.lastCapturedAt())
                .setKeyframes(plan.keyframes())
                .setWeights(plan.weights())
                .setExact(plan.exact())
                .build();
    }

    /** A query that waits for its moment, as it is kept in state. */
    static WaitingQuery waiting(Query query, Instant takenAt) {
        return WaitingQuery.newBuilder().setQuery(encoded(query)).setTakenAt(takenAt).build();
    }

    static Query query(PendingQuery pending) {
        return decoded(pending.getQuery());
    }

    /** A query as it is kept in state. */
    static ByteBuffer encoded(Query query) {
        return ByteBuffer.wrap(QUERIES.encode(query));
    }

    /** A query that was kept in state. */
    static Query decoded(ByteBuffer state) {
        byte[] encoded = new byte[state.remaining()];
        state.duplicate().get(encoded);
        try {
            return QUERIES.decode(encoded);
        } catch (UndecodableRecordException e) {
            throw new IllegalStateException("A query in state cannot be read", e);
        }
    }

    /**
     * What the engine gets.
     *
     * @param names of keyframes, by their sequence
     * @param features of the query's keyframes, in their order
     * @param anchor the one of them with which the text in front of the frames is fused
     */
    static AnswerRequest request(
            PendingQuery pending,
            Query query,
            AnswerRequest.History history,
            LongFunction<KeyframeName> names,
            List<byte[]> features,
            OptionalLong anchor,
            AnswerLimits limits) {
        List<AnswerRequest.WeightedKeyframe> keyframes = new ArrayList<>();
        Optional<AnswerRequest.Keyframe> anchored = Optional.empty();
        for (int i = 0; i < features.size(); i++) {
            long sequence = pending.getKeyframes().get(i);
            AnswerRequest.Keyframe keyframe =
                    new AnswerRequest.Keyframe(names.apply(sequence), features.get(i));
            double weight = pending.getWeights().get(i);
            if (weight > 0) {
                keyframes.add(new AnswerRequest.WeightedKeyframe(keyframe, weight));
            }
            if (anchor.equals(OptionalLong.of(sequence))) {
                anchored = Optional.of(keyframe);
            }
        }
        return new AnswerRequest(
                        query.getText(),
                        history,
                        keyframes,
                        anchored,
                        new Sampling(query.getTemperature(), query.getTopP(), seed(query)),
                        query.getMaxTokens().orElse(limits.defaultTokens()),
                        limits.citedFrames(),
                        query.getDeadline())
                .following(
                        pending.getTurns().stream()
                                .map(turn -> new Turn(turn.getQuestion(), turn.getAnswer()))
                                .toList());
    }

    /** Without a seed the query's id is one: so a repeat after a restart gives the same answer. */
    static long seed(Query query) {
        return query.getSeed().orElse((long) query.getQueryId().hashCode());
    }
}
