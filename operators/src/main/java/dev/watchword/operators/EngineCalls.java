package dev.watchword.operators;

import dev.watchword.engine.AnswerOutcome;
import dev.watchword.engine.AnswerRequest;
import dev.watchword.engine.Engine;
import dev.watchword.engine.PartialAnswers;
import dev.watchword.operators.QuestionQueue.Ticket;
import dev.watchword.schemas.Query;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/**
 * Has the engine work on questions whose turn has come, and tells on the task's thread what comes of
 * it. Nothing is told of a question that has been taken out of the queue since. Used on the task's
 * thread alone.
 */
final class EngineCalls {
    private final Engine engine;
    private final QuestionQueue queue;
    private final Subtask subtask;

    EngineCalls(Engine engine, QuestionQueue queue, Subtask subtask) {
        this.engine = engine;
        this.queue = queue;
        this.subtask = subtask;
    }

    /** Who is told what comes of a question. */
    interface Listener {
        /** All of the text so far. */
        void written(int part, String text) throws Exception;

        /** What came of the question; the one that is not null. */
        void done(AnswerOutcome outcome, Throwable failure) throws Exception;
    }

    /** Hands a question to the engine. */
    void start(Ticket ticket, Query query, AnswerRequest request, Listener listener) {
        Parts parts = new Parts(ticket, listener);
        AnswerRequest ranked = request.ranked(query.getPriority().ordinal());
        CompletableFuture<AnswerOutcome> work =
                engine.answer(query.getPartial() ? ranked.telling(parts) : ranked);
        parts.work = work;
        queue.started(ticket, query.getPriority(), work);
        work.whenComplete(
                (outcome, failure) ->
                        subtask.mail(
                                () -> {
                                    if (queue.finished(ticket, work)) {
                                        listener.done(outcome, failure);
                                    }
                                }));
    }

    /** Tells what is written of an answer, while the engine still works on it. */
    private final class Parts implements PartialAnswers {
        private final Ticket ticket;
        private final Listener listener;

        /** Touched on the task's thread alone. */
        private Future<?> work;

        private Parts(Ticket ticket, Listener listener) {
            this.ticket = ticket;
            this.listener = listener;
        }

        @Override
        public void written(int part, String text) {
            subtask.mail(
                    () -> {
                        if (queue.isWithEngine(ticket, work)) {
                            listener.written(part, text);
                        }
                    });
        }
    }
}
