package dev.watchword.operators;

import dev.watchword.memory.StreamMemory;
import dev.watchword.memory.WaitingMemory;
import dev.watchword.operators.QuestionQueue.Ticket;
import dev.watchword.schemas.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * The combined questions as of moments that no frame of a stream has come up to. When one comes, the
 * stream's part is made; when the wait for parts is over, or the question is cancelled, none is. A
 * ticket has the question's key. They are in keyed state: every method but {@link #resume} concerns
 * the stream that is the current key. Used on the task's thread alone.
 */
final class AwaitedParts {
    private final Subtask subtask;
    private final WaitingMemory waiting;
    private final StreamMemory memory;
    private final CombineLimits limits;
    private final HeldQuestions held;

    AwaitedParts(
            Subtask subtask,
            WaitingMemory waiting,
            StreamMemory memory,
            CombineLimits limits,
            ProcessingTimeService clock) {
        this.subtask = subtask;
        this.waiting = waiting;
        this.memory = memory;
        this.limits = limits;
        this.held = new HeldQuestions(new WaitingDeadlines<>(clock, this::giveUp));
    }

    /** Whether a question's moment is still to come. */
    boolean isAhead(Query query) throws Exception {
        return query.getAsOf().isPresent() && !memory.hasReached(query.getAsOf().get());
    }

    /**
     * Keeps a question until a frame of its moment comes; not twice.
     *
     * @return false if so many wait that it cannot be kept
     */
    boolean hold(QueryEvent event) throws Exception {
        Query query = event.query();
        Ticket ticket = ticket(event.stream(), query, query.getQueryId());
        if (waiting.contains(ticket.queryId())) {
            return true;
        }
        if (held.size() >= (long) limits.questions() * NameStreams.MOST_TOGETHER) {
            return false;
        }
        waiting.put(ticket.queryId(), PendingQueries.waiting(query, subtask.now()));
        resume(ticket, query);
        return true;
    }

    /** Takes up a question that a checkpoint held; it is waited for anew. */
    void resume(Ticket ticket, Query query) {
        Instant until = limits.until(query, subtask.now());
        held.untilMoment(
                ticket,
                query.getAsOf().orElseThrow(),
                new Urgency(query.getPriority(), Optional.of(until)));
    }

    /** Ends the questions whose moment has come with a frame, in the order of their asking. */
    List<QueryEvent> reached(EncodedFrame frame) throws Exception {
        List<QueryEvent> reached = new ArrayList<>();
        for (Ticket ticket : held.reached(frame.stream(), frame.capturedAt())) {
            Query query =
                    PendingQueries.decoded(waiting.get(ticket.queryId()).orElseThrow().getQuery());
            waiting.remove(ticket.queryId());
            reached.add(new QueryEvent(frame.stream(), query));
        }
        return reached;
    }

    /** Ends a question that a query cancels, if it waits. */
    void cancel(QueryEvent event) throws Exception {
        Query query = event.query();
        drop(ticket(event.stream(), query, query.getCancel().orElseThrow()));
    }

    private void giveUp(Ticket ticket) throws Exception {
        subtask.turnTo(ticket.stream());
        drop(ticket);
    }

    private void drop(Ticket ticket) throws Exception {
        if (held.remove(ticket)) {
            waiting.remove(ticket.queryId());
        }
    }

    private static Ticket ticket(String stream, Query query, String queryId) {
        return new Ticket(stream, CombineEvent.key(query, queryId));
    }
}
