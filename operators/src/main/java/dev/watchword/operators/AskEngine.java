package dev.watchword.operators;

import dev.watchword.engine.AnswerOutcome;
import dev.watchword.engine.AnswerRequest;
import dev.watchword.engine.DeviceMemoryException;
import dev.watchword.memory.PendingQuery;
import dev.watchword.memory.RememberedFrame;
import dev.watchword.memory.StreamMemory;
import dev.watchword.operators.QuestionQueue.Ticket;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands pending questions to the engine, each when its turn comes, and makes answers of what comes
 * back. Changes the current key. Used on the task's thread alone.
 */
final class AskEngine {
    private static final Logger LOG = LoggerFactory.getLogger(AskEngine.class);

    private final Replies replies;
    private final StreamMemory memory;
    private final UnansweredQuestions unanswered;
    private final PendingQuestions pending;
    private final StandingEvaluations evaluations;
    private final QuestionRequests requests;
    private final EngineCalls calls;

    AskEngine(
            Replies replies,
            StreamMemory memory,
            UnansweredQuestions unanswered,
            PendingQuestions pending,
            StandingEvaluations evaluations,
            QuestionRequests requests,
            EngineCalls calls) {
        this.replies = replies;
        this.memory = memory;
        this.unanswered = unanswered;
        this.pending = pending;
        this.evaluations = evaluations;
        this.requests = requests;
        this.calls = calls;
    }

    /** Hands questions to the engine while it may have more. */
    void startWaiting() throws Exception {
        Optional<Ticket> next = unanswered.next(now());
        while (next.isPresent()) {
            replies.subtask().turnTo(next.get().stream());
            start(next.get());
            next = unanswered.next(now());
        }
    }

    private void start(Ticket ticket) throws Exception {
        PendingQuery state = pending.get(ticket);
        Query query = PendingQueries.query(state);
        Instant now = now();
        if (Deadlines.isLate(query, now)) {
            pending.finish(ticket, state, Status.EXPIRED, Deadlines.late(query));
            return;
        }
        Optional<AnswerRequest> request = requests.of(ticket, state, query);
        if (request.isPresent()) {
            Duration waited = Duration.between(state.getTakenAt(), now);
            calls.start(ticket, query, request.get(), new Outcome(ticket, waited));
        } else if (ticket.standing()) {
            evaluations.skip(ticket);
            pending.forget(ticket);
        } else {
            String reason = "The frames that the question is about have been dropped since.";
            pending.finish(ticket, state, Status.FAILED, reason);
        }
    }

    /** What comes of a question. */
    private final class Outcome implements EngineCalls.Listener {
        private final Ticket ticket;
        private final Duration waited;

        private Outcome(Ticket ticket, Duration waited) {
            this.ticket = ticket;
            this.waited = waited;
        }

        @Override
        public void written(int part, String text) throws Exception {
            replies.subtask().turnTo(ticket.stream());
            replies.subtask()
                    .send(replies.drafts().part(ticket, pending.get(ticket), part, text, now()));
        }

        @Override
        public void done(AnswerOutcome outcome, Throwable failure) throws Exception {
            replies.subtask().turnTo(ticket.stream());
            PendingQuery state = pending.get(ticket);
            Query query = PendingQueries.query(state);
            unanswered
                    .queue()
                    .took(
                            query.getPriority(),
                            Duration.between(state.getTakenAt().plus(waited), now()));
            if (failure != null) {
                failed(state, query, failure);
            } else if (outcome instanceof AnswerOutcome.Answered answered) {
                answered(state, answered);
            } else if (outcome instanceof AnswerOutcome.Refused refused) {
                pending.finish(ticket, state, Status.REJECTED, refused.reason());
            } else if (outcome instanceof AnswerOutcome.Expired) {
                pending.finish(ticket, state, Status.EXPIRED, Deadlines.late(query));
            }
            startWaiting();
        }

        /** Where the device had no memory for it, another try may have. */
        private void failed(PendingQuery state, Query query, Throwable failure) throws Exception {
            if (EngineFault.endsAll(failure)) {
                throw replies.subtask().engineEnded(ticket, failure);
            } else if (EngineFault.cause(failure) instanceof DeviceMemoryException
                    && unanswered.enqueueAgain(ticket, Urgency.of(query))) {
                LOG.warn("The engine tries question {} again", ticket, failure);
            } else {
                LOG.warn("The engine failed at question {}", ticket, failure);
                pending.finish(ticket, state, Status.FAILED, EngineFault.reason(failure));
            }
        }

        private void answered(PendingQuery state, AnswerOutcome.Answered answered)
                throws Exception {
            List<RememberedFrame> cited =
                    memory.frames(
                            state,
                            answered.evidence().stream()
                                    .map(AnswerOutcome.CitedFrame::frame)
                                    .toList());
            pending.finish(
                    ticket,
                    state,
                    replies.drafts().answered(ticket, state, answered, cited, waited, now()));
        }
    }

    private Instant now() {
        return replies.subtask().now();
    }
}
