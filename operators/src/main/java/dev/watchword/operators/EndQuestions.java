package dev.watchword.operators;

import dev.watchword.memory.PendingQuery;
import dev.watchword.operators.QuestionQueue.Ticket;
import dev.watchword.schemas.Status;
import java.util.Optional;

/**
 * Ends questions that have no answer yet: those that somebody cancels, and those whose deadline
 * passes while they wait. Every method concerns the stream that is the current key. Used on the
 * task's thread alone.
 */
final class EndQuestions {
    private final Replies replies;
    private final AwaitedMoments moments;
    private final PendingQuestions pending;
    private final StandingEvaluations evaluations;
    private final UnansweredQuestions unanswered;

    EndQuestions(
            Replies replies,
            AwaitedMoments moments,
            PendingQuestions pending,
            StandingEvaluations evaluations,
            UnansweredQuestions unanswered) {
        this.replies = replies;
        this.moments = moments;
        this.pending = pending;
        this.evaluations = evaluations;
        this.unanswered = unanswered;
    }

    /**
     * Ends all that has an id.
     *
     * @param request which asks for it, and is answered
     */
    void cancel(Ticket request, String cancelled) throws Exception {
        Ticket ticket = new Ticket(request.stream(), cancelled);
        Optional<PendingQuery> state = pending.find(ticket);
        boolean stands = evaluations.stands(ticket);
        boolean waits = moments.contains(cancelled);
        if (state.isEmpty() && !stands && !waits) {
            String reason =
                    "No question %1$s of stream %2$s stands or waits for an answer. A query of mode LIST, or 'watchword queries list --stream %2$s', tells what stands."
                            .formatted(cancelled, request.stream());
            replies.send(request, Status.REJECTED, reason);
            return;
        }
        String by = "Cancelled by " + request.queryId() + ".";
        if (stands) {
            evaluations.end(ticket, by);
        }
        if (waits) {
            moments.end(ticket);
            pending.conclude(ticket, Status.CANCELLED, by);
        }
        if (state.isPresent()) {
            unanswered.remove(ticket);
            pending.finish(ticket, state.get(), Status.CANCELLED, by);
        }
        replies.send(request, Status.OK, "Cancelled " + cancelled + ".");
    }

    /** Answers a question whose deadline has passed before the engine had it. */
    void expire(Ticket ticket) throws Exception {
        unanswered.remove(ticket);
        if (moments.contains(ticket.queryId())) {
            String reason = moments.late(moments.end(ticket));
            pending.conclude(ticket, Status.EXPIRED, reason);
        } else {
            PendingQuery state = pending.get(ticket);
            String reason = Deadlines.late(PendingQueries.query(state));
            pending.finish(ticket, state, Status.EXPIRED, reason);
        }
    }
}
