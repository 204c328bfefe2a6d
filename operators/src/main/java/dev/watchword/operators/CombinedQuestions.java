package dev.watchword.operators;

import dev.watchword.memory.CombineMemory;
import dev.watchword.memory.CombinedQuestion;
import dev.watchword.operators.QuestionQueue.Ticket;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.QueryStreams;
import dev.watchword.schemas.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The combined questions of one subtask that are not answered, and how they end. What they are is in
 * keyed state; which there are is kept beside it. Used on the task's thread alone; {@link #size} may
 * be called on any.
 */
final class CombinedQuestions {
    private final Subtask subtask;
    private final CombineMemory memory;
    private final Wakings wakings;
    private final QuestionQueue queue;
    private final CombinedAnswers answers;
    private final Duration patience;

    /** With their keys. */
    private final Map<Ticket, String> unanswered = new HashMap<>();

    /**
     * @param patience how long parts that come for a question that is answered are dropped
     */
    CombinedQuestions(
            Subtask subtask,
            CombineMemory memory,
            Wakings wakings,
            QuestionQueue queue,
            CombinedAnswers answers,
            Duration patience) {
        this.subtask = subtask;
        this.memory = memory;
        this.wakings = wakings;
        this.queue = queue;
        this.answers = answers;
        this.patience = patience;
    }

    static Ticket ticket(CombinedQuestion question) {
        return ticket(PendingQueries.decoded(question.getQuery()));
    }

    static Ticket ticket(Query query) {
        return new Ticket(QueryStreams.together(query), query.getQueryId());
    }

    /** Notes a question. */
    void add(Ticket ticket, String key) {
        unanswered.put(ticket, key);
    }

    /** How many there are. */
    int size() {
        return unanswered.size();
    }

    /** The keys of all. */
    List<String> keys() {
        return List.copyOf(unanswered.values());
    }

    /** Makes a question the current key. */
    void turnTo(Ticket ticket) {
        subtask.turnTo(unanswered.get(ticket));
    }

    /** What is seen of the streams of the question that is the current key. */
    CombinedScope scope(CombinedQuestion question) throws Exception {
        return CombinedScope.of(question, memory.parts(), answers.model());
    }

    /** Answers the question that is the current key without text. */
    void finish(Ticket ticket, CombinedScope scope, Status status, String reason) throws Exception {
        settle(ticket, answers.withoutText(ticket, scope, status, reason, subtask.now()));
    }

    /** Answers the question that is the current key, whatever its streams have. */
    void finish(Ticket ticket, Status status, String reason) throws Exception {
        settle(ticket, answers.withoutText(ticket, status, reason, subtask.now()));
    }

    /** Answers the question that is the current key, and drops what there is of it. */
    void settle(Ticket ticket, Answer answer) throws Exception {
        Optional<CombinedQuestion> question = memory.question();
        question.ifPresent(each -> wakings.remove(each.getUntil()));
        unanswered.remove(ticket);
        queue.answered(ticket);
        Instant until = subtask.now().plus(patience);
        memory.settle(until);
        wakings.add(until);
        subtask.send(answer);
    }
}
