package dev.watchword.operators;

import dev.watchword.engine.AnswerRequest;
import dev.watchword.engine.Engine;
import dev.watchword.engine.HistoryName;
import dev.watchword.engine.KeyframeName;
import dev.watchword.engine.RecalledHistory;
import dev.watchword.memory.PendingQuery;
import dev.watchword.memory.StreamMemory;
import dev.watchword.operators.QuestionQueue.Ticket;
import dev.watchword.schemas.Query;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Makes what the engine gets of a pending question. Of the history it takes what the engine has kept,
 * and else reads it from state. Used on the task's thread alone.
 */
final class QuestionRequests {
    private final StreamMemory memory;
    private final FusionPlans plans;
    private final Engine engine;
    private final long owner;
    private final AnswerLimits limits;
    private final AnsweringMetrics metrics;

    /**
     * @param owner of what the engine keeps; see {@link Engine#newOwner}
     */
    QuestionRequests(
            StreamMemory memory,
            FusionPlans plans,
            Engine engine,
            long owner,
            AnswerLimits limits,
            AnsweringMetrics metrics) {
        this.memory = memory;
        this.plans = plans;
        this.engine = engine;
        this.owner = owner;
        this.limits = limits;
        this.metrics = metrics;
    }

    /**
     * The request of a question on the stream that is the current key.
     *
     * @return empty if frames that the question is about have been dropped since
     */
    Optional<AnswerRequest> of(Ticket ticket, PendingQuery pending, Query query) throws Exception {
        Optional<List<byte[]>> features = memory.features(pending);
        if (features.isEmpty()) {
            return Optional.empty();
        }
        OptionalLong anchor = plans.anchor(ticket.stream(), pending.getKeyframes());
        return history(ticket, pending, query, anchor)
                .map(
                        history ->
                                PendingQueries.request(
                                        pending,
                                        query,
                                        history,
                                        sequence ->
                                                new KeyframeName(owner, ticket.stream(), sequence),
                                        features.get(),
                                        anchor,
                                        limits));
    }

    /** What the engine has kept of the stream's history, if it can be kept, or else from state. */
    private Optional<AnswerRequest.History> history(
            Ticket ticket, PendingQuery pending, Query query, OptionalLong anchor)
            throws Exception {
        if (anchor.isEmpty() || !memory.reachesBack(pending)) {
            return memory.tokens(pending).map(AnswerRequest.History.Given::of);
        }
        HistoryName name =
                new HistoryName(
                        owner, ticket.stream(), pending.getFirstSequence(), anchor.getAsLong());
        int frames = Math.toIntExact(pending.getFrames());
        Optional<RecalledHistory> recalled = engine.recall(name, pending.getLastSequence(), frames);
        metrics.recalled(recalled.isPresent());
        if (recalled.isPresent()) {
            return Optional.of(new AnswerRequest.History.Recalled(recalled.get(), frames));
        }
        if (query.getAsOf().isPresent()) {
            // The anchor of an earlier history is mostly another: what is kept of today's must
            // stay.
            return memory.tokens(pending).map(AnswerRequest.History.Given::of);
        }
        return memory.whole(pending)
                .map(
                        whole ->
                                new AnswerRequest.History.Given(
                                        whole.tokens(),
                                        frames,
                                        Optional.of(
                                                new AnswerRequest.Kept(
                                                        name, whole.lastSequence()))));
    }
}
