package dev.watchword.operators;

import dev.watchword.operators.QuestionQueue.Ticket;
import dev.watchword.schemas.Priority;
import java.time.Instant;
import java.util.Optional;

/**
 * The questions of one subtask that have no answer yet: those that may not begin, those that wait
 * their turn, and those that are with the engine. Used on the task's thread alone.
 *
 * @param held those that may not begin yet
 * @param queue those that may, and those that are with the engine
 * @param deadlines of those that are not with the engine
 */
record UnansweredQuestions(
        HeldQuestions held, QuestionQueue queue, WaitingDeadlines<Ticket> deadlines) {
    /** Lets a question wait its turn. */
    void enqueue(Ticket ticket, Urgency urgency) {
        queue.add(ticket, urgency);
        watch(ticket, urgency);
    }

    /**
     * Lets a question wait once more that the engine could not answer.
     *
     * @return false, and nothing is done, if that was so before
     */
    boolean enqueueAgain(Ticket ticket, Urgency urgency) {
        boolean again = queue.addAgain(ticket, urgency);
        if (again) {
            watch(ticket, urgency);
        }
        return again;
    }

    private void watch(Ticket ticket, Urgency urgency) {
        urgency.deadline().ifPresent(at -> deadlines.watch(ticket, at));
    }

    /** The question whose turn it is, if the engine may have one more. */
    Optional<Ticket> next(Instant now) {
        Optional<Ticket> next = queue.next(now);
        next.ifPresent(deadlines::forget);
        return next;
    }

    /** Takes a question out, wherever it is, and stops the engine's work on it. */
    void remove(Ticket ticket) {
        held.remove(ticket);
        queue.cancel(ticket);
        deadlines.forget(ticket);
    }

    /** How many of a priority and above somebody asked once. */
    int askedOnce(Priority least) {
        return queue.askedOnce(least) + held.size(least);
    }
}
