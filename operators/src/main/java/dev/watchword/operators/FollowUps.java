package dev.watchword.operators;

import dev.watchword.memory.ConversationMemory;
import dev.watchword.memory.EarlierTurn;
import dev.watchword.operators.QuestionQueue.Ticket;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.Status;
import java.util.List;

/**
 * What can be followed up, and the follow-ups that wait for the answer they follow. Every method
 * concerns the stream that is the current key. Used on the task's thread alone.
 */
final class FollowUps {
    private final ConversationMemory memory;
    private final HeldQuestions held;
    private final ConversationLimits limits;

    FollowUps(ConversationMemory memory, HeldQuestions held, ConversationLimits limits) {
        this.memory = memory;
        this.held = held;
        this.limits = limits;
    }

    /** Whether an answered question is remembered. */
    boolean remembers(String queryId) throws Exception {
        return memory.remembers(queryId);
    }

    /** What is wrong with following a question that is neither pending nor remembered. */
    String notRemembered(String queryId) {
        return "follow_up_to is %s, and the stream has answered no such question, or not among the last %d: name another, or ask anew with all that the question needs."
                .formatted(queryId, limits.remembered());
    }

    /** What stands in front of a follow-up, oldest first; none if the question is not remembered. */
    List<EarlierTurn> turns(String queryId) throws Exception {
        return memory.upTo(queryId, limits.turns());
    }

    /** Holds a follow-up until the question before it is answered. */
    void hold(Ticket follower, Ticket earlier, Query query) {
        held.untilAnswer(follower, earlier, Urgency.of(query));
    }

    /** Whether an answer is one that can be followed. */
    static boolean isAnswer(Status status) {
        return status == Status.OK || status == Status.TRUNCATED;
    }

    /** Remembers an answer that can be followed. */
    void remember(Query query, Answer answer) throws Exception {
        memory.remember(
                query.getQueryId(), query.getText(), answer.getText(), query.getFollowUpTo());
    }

    /** Lets those go that waited for an answer, in the order of their asking. */
    List<Ticket> letGo(Ticket earlier) {
        return held.following(earlier);
    }

    /** Why a follow-up is refused where there is no answer to follow. */
    static String notAnswered(Ticket earlier, Status status) {
        return "The question %s, which this one follows, was not answered: its status is %s."
                .formatted(earlier.queryId(), status);
    }
}
