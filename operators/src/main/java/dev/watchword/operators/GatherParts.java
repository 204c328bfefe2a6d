package dev.watchword.operators;

import dev.watchword.memory.CombineMemory;
import dev.watchword.memory.CombinedQuestion;
import dev.watchword.memory.StreamPart;
import dev.watchword.operators.QuestionQueue.Ticket;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.Status;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps combined questions and the parts of their streams, until all have come or the wait is over;
 * then a question is closed and waits its turn. Every method concerns the question that is the
 * current key. Used on the task's thread alone.
 */
final class GatherParts {
    private final Subtask subtask;
    private final CombineMemory memory;
    private final Wakings wakings;
    private final CombinedQuestions questions;
    private final QuestionQueue queue;
    private final CombineLimits limits;
    private final CombiningMetrics metrics;

    GatherParts(
            Subtask subtask,
            CombineMemory memory,
            Wakings wakings,
            CombinedQuestions questions,
            QuestionQueue queue,
            CombineLimits limits,
            CombiningMetrics metrics) {
        this.subtask = subtask;
        this.memory = memory;
        this.wakings = wakings;
        this.questions = questions;
        this.queue = queue;
        this.limits = limits;
        this.metrics = metrics;
    }

    /** Takes a question. */
    void take(CombineEvent.Asked asked) throws Exception {
        Query query = asked.query();
        Ticket ticket = CombinedQuestions.ticket(query);
        Instant now = subtask.now();
        if (memory.question().isPresent()) {
            metrics.repeatedQuery();
        } else if (Deadlines.isLate(query, now)) {
            questions.finish(ticket, Status.EXPIRED, Deadlines.late(query));
        } else if (questions.size() >= limits.questions()) {
            questions.finish(ticket, Status.REJECTED, tooMany());
        } else {
            questions.add(ticket, asked.key());
            consider(await(question(asked, now), query));
        }
    }

    private static CombinedQuestion question(CombineEvent.Asked asked, Instant now) {
        return CombinedQuestion.newBuilder()
                .setQuery(PendingQueries.encoded(asked.query()))
                .setTakenAt(now)
                .setStreams(asked.streams())
                .setUnmatched(asked.unmatched())
                .setUntil(now)
                .build();
    }

    private String tooMany() {
        return "%d combined questions wait already, as many as memory.combined-questions allows: ask again later."
                .formatted(questions.size());
    }

    /**
     * Takes up a question that a checkpoint held. One that waits for streams waits anew: the streams,
     * too, have to take up where they were.
     */
    void resume(CombinedQuestion question) throws Exception {
        if (question.getClosed()) {
            enqueue(question);
        } else {
            await(question, PendingQueries.decoded(question.getQuery()));
        }
    }

    /** Keeps the question, and waits for its streams from now on. */
    private CombinedQuestion await(CombinedQuestion question, Query query) throws Exception {
        CombinedQuestion awaiting =
                CombinedQuestion.newBuilder(question)
                        .setUntil(limits.until(query, subtask.now()))
                        .build();
        memory.keep(awaiting);
        wakings.add(awaiting.getUntil());
        return awaiting;
    }

    /** Keeps a part, which may also come before its question does. */
    void take(StreamPart part) throws Exception {
        Optional<CombinedQuestion> question = memory.question();
        if (memory.isSettled(subtask.now())
                || question.filter(CombinedQuestion::getClosed).isPresent()) {
            metrics.latePart();
            return;
        }
        memory.put(part);
        if (question.isPresent()) {
            consider(question.get());
        } else {
            wakings.add(subtask.now().plus(limits.patience()));
        }
    }

    /** Closes a question if all its streams have told, or refuses it if they have too much. */
    private void consider(CombinedQuestion question) throws Exception {
        if (memory.size() > limits.bytes()) {
            questions.finish(CombinedQuestions.ticket(question), Status.REJECTED, tooLarge());
        } else if (memory.streams().containsAll(question.getStreams())) {
            close(question);
        }
    }

    private String tooLarge() throws Exception {
        return "The frames in scope of the streams take at least %d MiB, and those of one combined question at most %d (memory.combined-bytes): ask about fewer frames, with the scope's last_frames or last_ms, or about fewer streams."
                .formatted((memory.size() >> 20) + 1, limits.bytes() >> 20);
    }

    /** Takes no further part of a question, and lets it wait its turn. */
    void close(CombinedQuestion question) throws Exception {
        memory.keep(CombinedQuestion.newBuilder(question).setClosed(true).build());
        enqueue(question);
    }

    private void enqueue(CombinedQuestion question) {
        Query query = PendingQueries.decoded(question.getQuery());
        queue.add(CombinedQuestions.ticket(query), Urgency.of(query));
        query.getDeadline().ifPresent(deadline -> wakings.add(deadline.plusMillis(1)));
    }
}
