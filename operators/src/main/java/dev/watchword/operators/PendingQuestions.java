package dev.watchword.operators;

import dev.watchword.memory.EarlierTurn;
import dev.watchword.memory.FrameWindow;
import dev.watchword.memory.FusionPlan;
import dev.watchword.memory.PendingQuery;
import dev.watchword.memory.StreamMemory;
import dev.watchword.operators.QuestionQueue.Ticket;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The questions of which it is settled which frames they are about, from then until they are
 * answered. A follow-up waits for the answer that it follows; when that comes it goes on, or is
 * refused. They are in keyed state: every method concerns the stream that is the current key. Used on
 * the task's thread alone.
 */
final class PendingQuestions {
    private final Replies replies;
    private final StreamMemory memory;
    private final FusionPlans plans;
    private final AwaitedMoments moments;
    private final FollowUps followUps;
    private final UnansweredQuestions unanswered;
    private final StandingQueries standing;
    private final AnsweringMetrics metrics;

    PendingQuestions(
            Replies replies,
            StreamMemory memory,
            FusionPlans plans,
            AwaitedMoments moments,
            FollowUps followUps,
            UnansweredQuestions unanswered,
            StandingQueries standing,
            AnsweringMetrics metrics) {
        this.replies = replies;
        this.memory = memory;
        this.plans = plans;
        this.moments = moments;
        this.followUps = followUps;
        this.unanswered = unanswered;
        this.standing = standing;
        this.metrics = metrics;
    }

    /** What is kept of a question, if it is pending. */
    Optional<PendingQuery> find(Ticket ticket) throws Exception {
        return memory.pending(ticket.standing(), ticket.queryId());
    }

    /** What is kept of a question that is pending. */
    PendingQuery get(Ticket ticket) throws Exception {
        return find(ticket).orElseThrow();
    }

    /** Whether a question is pending, or waits for its moment. */
    boolean isUnanswered(Ticket ticket) throws Exception {
        return find(ticket).isPresent() || moments.contains(ticket.queryId());
    }

    /** Why a query cannot follow what it says it follows; empty if it can, or follows nothing. */
    Optional<String> followUpFault(Ticket ticket, Query query) throws Exception {
        Optional<String> followed = query.getFollowUpTo();
        return followed.isEmpty()
                        || isUnanswered(new Ticket(ticket.stream(), followed.get()))
                        || followUps.remembers(followed.get())
                ? Optional.empty()
                : followed.map(followUps::notRemembered);
    }

    /** Keeps a question and the frames that it is about, and lets it wait its turn. */
    void await(Ticket ticket, Query query, FrameWindow window, Instant now) throws Exception {
        FusionPlan plan = plans.of(ticket.stream(), window);
        PendingQuery pending = PendingQueries.of(query, now, window, plan);
        memory.await(ticket.standing(), ticket.queryId(), pending);
        queue(ticket, pending);
    }

    /**
     * Lets a pending question wait its turn. One that follows another waits for that one's answer
     * first; what was asked and answered before is then kept with it.
     */
    void queue(Ticket ticket, PendingQuery pending) throws Exception {
        Query query = PendingQueries.query(pending);
        Optional<String> followed = query.getFollowUpTo();
        if (followed.isEmpty() || ticket.standing() || !pending.getTurns().isEmpty()) {
            unanswered.enqueue(ticket, Urgency.of(query));
            return;
        }
        Ticket earlier = new Ticket(ticket.stream(), followed.get());
        if (isUnanswered(earlier)) {
            followUps.hold(ticket, earlier, query);
            return;
        }
        List<EarlierTurn> turns = followUps.turns(followed.get());
        if (turns.isEmpty()) {
            finish(ticket, pending, Status.REJECTED, followUps.notRemembered(followed.get()));
        } else {
            memory.change(
                    ticket.queryId(), PendingQuery.newBuilder(pending).setTurns(turns).build());
            unanswered.enqueue(ticket, Urgency.of(query));
        }
    }

    /** Ends a question without an answer. */
    void finish(Ticket ticket, PendingQuery pending, Status status, String reason)
            throws Exception {
        Instant now = replies.subtask().now();
        finish(ticket, pending, replies.drafts().withoutText(ticket, pending, status, reason, now));
    }

    /** Ends a question with its answer; of one that stands, an answer may be kept back. */
    void finish(Ticket ticket, PendingQuery pending, Answer answer) throws Exception {
        if (!ticket.standing()
                || standing.evaluated(ticket.queryId(), answer, pending.getLastCapturedAt())) {
            replies.subtask().send(answer);
        } else {
            metrics.evaluationNotSent();
        }
        forget(ticket);
        if (!ticket.standing()) {
            goOn(ticket, PendingQueries.query(pending), answer);
        }
    }

    /** Drops what is kept of a question, if it is pending. */
    void forget(Ticket ticket) throws Exception {
        unanswered.queue().answered(ticket);
        memory.answered(ticket.stream(), ticket.standing(), ticket.queryId());
    }

    /** Remembers an answer for questions that follow it, and lets those begin that waited for it. */
    private void goOn(Ticket ticket, Query query, Answer answer) throws Exception {
        if (FollowUps.isAnswer(answer.getStatus())) {
            followUps.remember(query, answer);
            for (Ticket follower : followUps.letGo(ticket)) {
                queue(follower, get(follower));
            }
        } else {
            refuseFollowers(ticket, answer.getStatus());
        }
    }

    private void refuseFollowers(Ticket ticket, Status status) throws Exception {
        String reason = FollowUps.notAnswered(ticket, status);
        for (Ticket follower : followUps.letGo(ticket)) {
            finish(follower, get(follower), Status.REJECTED, reason);
        }
    }

    /** Answers a question of which it was not settled which frames it is about. */
    void conclude(Ticket ticket, Status status, String reason) throws Exception {
        replies.send(ticket, status, reason);
        refuseFollowers(ticket, status);
    }
}
