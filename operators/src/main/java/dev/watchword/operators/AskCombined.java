package dev.watchword.operators;

import dev.watchword.engine.AnswerOutcome;
import dev.watchword.engine.DeviceMemoryException;
import dev.watchword.memory.CombineMemory;
import dev.watchword.memory.CombinedQuestion;
import dev.watchword.memory.StreamPart;
import dev.watchword.operators.QuestionQueue.Ticket;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands combined questions to the engine, each when its turn comes, and makes answers of what comes
 * back. Changes the current key. Used on the task's thread alone.
 */
final class AskCombined {
    private static final Logger LOG = LoggerFactory.getLogger(AskCombined.class);

    private final Subtask subtask;
    private final CombineMemory memory;
    private final CombinedQuestions questions;
    private final QuestionQueue queue;
    private final CombinedRequests requests;
    private final EngineCalls calls;
    private final CombinedAnswers answers;

    AskCombined(
            Subtask subtask,
            CombineMemory memory,
            CombinedQuestions questions,
            QuestionQueue queue,
            CombinedRequests requests,
            EngineCalls calls,
            CombinedAnswers answers) {
        this.subtask = subtask;
        this.memory = memory;
        this.questions = questions;
        this.queue = queue;
        this.requests = requests;
        this.calls = calls;
        this.answers = answers;
    }

    /** Hands questions to the engine while it may have more. */
    void startWaiting() throws Exception {
        Optional<Ticket> next = queue.next(subtask.now());
        while (next.isPresent()) {
            questions.turnTo(next.get());
            start(next.get());
            next = queue.next(subtask.now());
        }
    }

    private void start(Ticket ticket) throws Exception {
        CombinedQuestion question = memory.question().orElseThrow();
        Query query = PendingQueries.decoded(question.getQuery());
        CombinedScope scope = questions.scope(question);
        Instant now = subtask.now();
        if (Deadlines.isLate(query, now)) {
            questions.finish(ticket, scope, Status.EXPIRED, Deadlines.late(query));
        } else if (scope.seen().isEmpty()) {
            Status status = scope.late() ? Status.FAILED : Status.NO_FRAMES;
            String reason = "None of the streams has frames. " + scope.missing();
            questions.finish(ticket, scope, status, reason);
        } else {
            Duration waited = Duration.between(question.getTakenAt(), now);
            calls.start(
                    ticket,
                    query,
                    requests.of(query, partsSeen(scope)),
                    new Outcome(ticket, query, scope, waited));
        }
    }

    private List<StreamPart> partsSeen(CombinedScope scope) throws Exception {
        Map<String, StreamPart> parts = memory.parts();
        return scope.seen().stream().map(seen -> parts.get(seen.stream())).toList();
    }

    /** What comes of a question. */
    private final class Outcome implements EngineCalls.Listener {
        private final Ticket ticket;
        private final Query query;
        private final CombinedScope scope;
        private final Duration waited;

        private Outcome(Ticket ticket, Query query, CombinedScope scope, Duration waited) {
            this.ticket = ticket;
            this.query = query;
            this.scope = scope;
            this.waited = waited;
        }

        @Override
        public void written(int part, String text) {
            subtask.send(answers.part(ticket, scope, part, text, subtask.now()));
        }

        @Override
        public void done(AnswerOutcome outcome, Throwable failure) throws Exception {
            questions.turnTo(ticket);
            if (failure != null) {
                failed(failure);
            } else if (outcome instanceof AnswerOutcome.Answered answered) {
                questions.settle(
                        ticket, answers.answered(ticket, scope, answered, waited, subtask.now()));
            } else if (outcome instanceof AnswerOutcome.Refused refused) {
                questions.finish(ticket, scope, Status.REJECTED, refused.reason());
            } else if (outcome instanceof AnswerOutcome.Expired) {
                questions.finish(ticket, scope, Status.EXPIRED, Deadlines.late(query));
            }
            startWaiting();
        }

        /** Where the device had no memory for it, another try may have. */
        private void failed(Throwable failure) throws Exception {
            if (EngineFault.endsAll(failure)) {
                throw subtask.engineEnded(ticket, failure);
            } else if (EngineFault.cause(failure) instanceof DeviceMemoryException
                    && queue.addAgain(ticket, Urgency.of(query))) {
                LOG.warn("The engine tries combined question {} again", ticket, failure);
            } else {
                LOG.warn("The engine failed at combined question {}", ticket, failure);
                questions.finish(ticket, scope, Status.FAILED, EngineFault.reason(failure));
            }
        }
    }
}
