package dev.watchword.operators;

import dev.watchword.memory.FrameWindow;
import dev.watchword.memory.StreamMemory;
import dev.watchword.operators.QuestionQueue.Ticket;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.Status;
import java.time.Instant;
import java.util.Optional;

/**
 * Lets questions stand, asks those that are due at a frame, and ends them. Every method concerns the
 * stream that is the current key. Used on the task's thread alone.
 */
final class StandingEvaluations {
    private final Replies replies;
    private final StreamMemory memory;
    private final StandingQueries standing;
    private final PendingQuestions pending;
    private final UnansweredQuestions unanswered;
    private final AnsweringMetrics metrics;
    private final int most;

    /**
     * @param most so many questions may stand on a stream
     */
    StandingEvaluations(
            Replies replies,
            StreamMemory memory,
            StandingQueries standing,
            PendingQuestions pending,
            UnansweredQuestions unanswered,
            AnsweringMetrics metrics,
            int most) {
        this.replies = replies;
        this.memory = memory;
        this.standing = standing;
        this.pending = pending;
        this.unanswered = unanswered;
        this.metrics = metrics;
        this.most = most;
    }

    /** Lets a question stand that has no fault, in place of one with its id. */
    void register(Ticket ticket, Query query) throws Exception {
        String stream = ticket.stream();
        boolean replaces = standing.stands(ticket.queryId());
        if (!replaces && standing.count(stream) >= most) {
            replies.send(ticket, Status.REJECTED, tooManyStand(stream));
            return;
        }
        if (replaces) {
            remove(ticket);
        }
        standing.add(stream, query, replies.subtask().now());
        String reason =
                replaces
                        ? "The question stands, in place of the one before with this query_id."
                        : "The question stands; it is evaluated at frames to come.";
        replies.send(ticket, Status.OK, reason);
    }

    private String tooManyStand(String stream) {
        return "%d questions stand on stream %s, as many as memory.standing-questions allows: cancel one of them first."
                .formatted(standing.count(stream), stream);
    }

    /**
     * Lets the questions wait their turn that are due at a frame that has just been remembered.
     *
     * @return whether any question stands on the stream
     */
    boolean evaluate(EncodedFrame frame) throws Exception {
        if (standing.count(frame.stream()) == 0) {
            return false;
        }
        for (StandingQueries.Due due : standing.due(memory.seen(), frame.capturedAt())) {
            Ticket ticket = new Ticket(frame.stream(), due.queryId(), true);
            Optional<FrameWindow> window = memory.resolve(QueryCheck.scope(due.query()));
            if (window.isEmpty() || pending.find(ticket).isPresent()) {
                skip(ticket);
            } else {
                pending.await(ticket, due.query(), window.get(), replies.subtask().now());
            }
        }
        return true;
    }

    /** Notes that an evaluation was due and is left out. */
    void skip(Ticket ticket) throws Exception {
        standing.skipped(ticket.queryId());
        metrics.skippedEvaluation();
    }

    /** Whether a question stands. */
    boolean stands(Ticket ticket) throws Exception {
        return standing.stands(ticket.queryId());
    }

    /** Ends a question that stands, and tells who asked it. */
    void end(Ticket ticket, String reason) throws Exception {
        remove(ticket);
        Instant now = replies.subtask().now();
        replies.subtask().send(replies.drafts().ended(ticket, reason, now));
    }

    /** Ends a question that stands and its evaluation that is under way. */
    private void remove(Ticket ticket) throws Exception {
        Ticket evaluation = new Ticket(ticket.stream(), ticket.queryId(), true);
        unanswered.remove(evaluation);
        pending.forget(evaluation);
        standing.remove(ticket.stream(), ticket.queryId());
    }

    /** Tells which questions stand. */
    void list(Ticket request) throws Exception {
        Instant now = replies.subtask().now();
        replies.subtask().send(replies.drafts().listed(request, standing.list(), now));
    }
}
