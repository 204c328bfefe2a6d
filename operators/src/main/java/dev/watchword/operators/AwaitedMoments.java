package dev.watchword.operators;

import dev.watchword.memory.Scope;
import dev.watchword.memory.StreamMemory;
import dev.watchword.memory.WaitingMemory;
import dev.watchword.operators.QuestionQueue.Ticket;
import dev.watchword.schemas.Query;
import java.time.Instant;
import java.util.List;

/**
 * The questions as of moments that no frame has come up to. They are in keyed state: every method
 * but {@link #reached}, {@link #all} and {@link #resume} concerns the stream that is the current key.
 * Used on the task's thread alone.
 */
final class AwaitedMoments {
    private final WaitingMemory waiting;
    private final HeldQuestions held;
    private final StreamMemory memory;

    AwaitedMoments(WaitingMemory waiting, HeldQuestions held, StreamMemory memory) {
        this.waiting = waiting;
        this.held = held;
        this.memory = memory;
    }

    /** Whether a query's moment is still to come. */
    boolean isAhead(Query query) throws Exception {
        return query.getAsOf().isPresent() && !memory.hasReached(moment(query));
    }

    /** Keeps a question until a frame of its moment comes. */
    void hold(Ticket ticket, Query query, Instant takenAt) throws Exception {
        waiting.put(ticket.queryId(), PendingQueries.waiting(query, takenAt));
        resume(ticket, query);
    }

    /** Takes up a question that a checkpoint held. */
    void resume(Ticket ticket, Query query) {
        held.untilMoment(ticket, moment(query), Urgency.of(query));
    }

    /** Whether a question waits for its moment. */
    boolean contains(String queryId) throws Exception {
        return waiting.contains(queryId);
    }

    /** Those whose moment has come with a frame, in the order of their asking; each is to be ended. */
    List<Ticket> reached(EncodedFrame frame) {
        return held.reached(frame.stream(), frame.capturedAt());
    }

    /** All of them, in the order of their asking; each is to be ended. */
    List<Ticket> all() {
        return held.allOfMoments();
    }

    /** Ends the waiting of a question. */
    Query end(Ticket ticket) throws Exception {
        Query query =
                PendingQueries.decoded(waiting.get(ticket.queryId()).orElseThrow().getQuery());
        held.remove(ticket);
        waiting.remove(ticket.queryId());
        return query;
    }

    /** Why a question is not answered whose deadline passed before its moment came. */
    String late(Query query) throws Exception {
        return "The deadline %s passed, and the question is as of %s: %s %s"
                .formatted(
                        query.getDeadline().orElseThrow(), moment(query), come(), Deadlines.ADVICE);
    }

    /** Why a question is not answered whose moment will never come. */
    String noMoreFrames(Query query) throws Exception {
        return "No more frames come, and the question is as of %s: %s"
                .formatted(moment(query), come());
    }

    private String come() throws Exception {
        return memory.resolve(new Scope.All())
                .map(all -> "the stream's frames had only come up to " + all.lastCapturedAt() + ".")
                .orElse("no frame of the stream had come.");
    }

    private static Instant moment(Query query) {
        return query.getAsOf().orElseThrow();
    }
}
