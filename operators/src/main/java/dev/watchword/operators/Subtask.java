package dev.watchword.operators;

import dev.watchword.operators.QuestionQueue.Ticket;
import dev.watchword.schemas.Answer;
import java.time.Instant;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * A subtask of an operator that answers, as its parts see it. Used on the task's thread alone, save
 * {@link #mail}.
 */
interface Subtask {
    /** Makes something the current key of the state. */
    void turnTo(String key);

    /** The moment it is. */
    Instant now();

    /** Sends an answer, or a part of one, and counts it. */
    void send(Answer answer);

    /** What the task fails with, since its engine ended before a question was answered. */
    Exception engineEnded(Ticket ticket, Throwable failure);

    /** Runs something on the task's thread, unless the task has ended. From any thread. */
    void mail(ThrowingRunnable<Exception> work);
}
