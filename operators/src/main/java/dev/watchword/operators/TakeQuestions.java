package dev.watchword.operators;

import dev.watchword.memory.FrameWindow;
import dev.watchword.memory.Scope;
import dev.watchword.memory.StreamMemory;
import dev.watchword.operators.QuestionQueue.Ticket;
import dev.watchword.schemas.Priority;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Takes questions that are asked once at their place among a stream's frames, or refuses them. One
 * as of a moment to come is taken when a frame of that moment comes.
 */
final class TakeQuestions {
    private final Replies replies;
    private final StreamMemory memory;
    private final AwaitedMoments moments;
    private final PendingQuestions pending;
    private final UnansweredQuestions unanswered;
    private final AnsweringMetrics metrics;
    private final int most;

    /**
     * @param most so many of a priority and above may have no answer at a time
     */
    TakeQuestions(
            Replies replies,
            StreamMemory memory,
            AwaitedMoments moments,
            PendingQuestions pending,
            UnansweredQuestions unanswered,
            AnsweringMetrics metrics,
            int most) {
        this.replies = replies;
        this.memory = memory;
        this.moments = moments;
        this.pending = pending;
        this.unanswered = unanswered;
        this.metrics = metrics;
        this.most = most;
    }

    /** Takes a question that has no fault. */
    void take(Ticket ticket, Query query) throws Exception {
        Instant now = replies.subtask().now();
        if (pending.isUnanswered(ticket)) {
            metrics.repeatedQuery();
        } else if (Deadlines.isLate(query, now)) {
            replies.send(ticket, Status.EXPIRED, Deadlines.late(query));
        } else if (unanswered.askedOnce(query.getPriority()) >= most) {
            replies.send(ticket, Status.REJECTED, tooMany(query.getPriority()));
        } else if (moments.isAhead(query)) {
            moments.hold(ticket, query, now);
        } else {
            admit(ticket, query, now);
        }
    }

    private String tooMany(Priority priority) {
        return "%d questions of priority %s%s wait already: ask again later."
                .formatted(
                        unanswered.askedOnce(priority),
                        priority,
                        priority == Priority.HIGH ? "" : " or above");
    }

    /**
     * Takes the questions whose moment has come with a frame.
     *
     * @return whether there were any
     */
    boolean reached(EncodedFrame frame) throws Exception {
        List<Ticket> reached = moments.reached(frame);
        for (Ticket ticket : reached) {
            Query query = moments.end(ticket);
            Instant now = replies.subtask().now();
            if (Deadlines.isLate(query, now)) {
                pending.conclude(ticket, Status.EXPIRED, moments.late(query));
            } else {
                admit(ticket, query, now);
            }
        }
        return !reached.isEmpty();
    }

    /** Takes a question with the frames that are there now. */
    private void admit(Ticket ticket, Query query, Instant now) throws Exception {
        Optional<String> unfollowable = pending.followUpFault(ticket, query);
        if (unfollowable.isPresent()) {
            pending.conclude(ticket, Status.REJECTED, unfollowable.get());
            return;
        }
        Optional<FrameWindow> window = memory.resolve(QueryCheck.scope(query));
        if (window.isPresent()) {
            pending.await(ticket, query, window.get(), now);
        } else {
            pending.conclude(ticket, Status.NO_FRAMES, noFrames(ticket, query));
        }
    }

    private String noFrames(Ticket ticket, Query query) throws Exception {
        Scope all = new Scope.All();
        Optional<FrameWindow> remembered = memory.resolve(all);
        if (remembered.isEmpty()) {
            return "No frame of stream %s has come yet. Check the name, or publish frames of it."
                    .formatted(ticket.stream());
        }
        Optional<Instant> moment = query.getAsOf();
        Optional<FrameWindow> asked =
                moment.isPresent() ? memory.resolve(new Scope.AsOf(moment.get(), all)) : remembered;
        if (asked.isEmpty()) {
            return "The question is as of %s, and frames of stream %s are remembered from %s on. Ask as of that moment or a later one."
                    .formatted(moment.get(), ticket.stream(), remembered.get().firstCapturedAt());
        }
        return "No frame of stream %s is in the question's scope. Those that are remembered%s were captured from %s to %s: ask about a span in which some were, or give last_frames."
                .formatted(
                        ticket.stream(),
                        moment.isPresent() ? " as of " + moment.get() : "",
                        asked.get().firstCapturedAt(),
                        asked.get().lastCapturedAt());
    }

    /** Answers the questions whose moment will not come, since no more frames do. */
    void noMoreFrames() throws Exception {
        for (Ticket ticket : moments.all()) {
            replies.subtask().turnTo(ticket.stream());
            pending.conclude(ticket, Status.EXPIRED, moments.noMoreFrames(moments.end(ticket)));
        }
    }
}
