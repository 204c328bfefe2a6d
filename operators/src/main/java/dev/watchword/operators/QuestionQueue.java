package dev.watchword.operators;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * The questions of one subtask that are not answered: those that wait, first come first served, and
 * those that are with the engine. Only their names are here; what they ask is in keyed state. Used
 * on the task's thread alone.
 */
final class QuestionQueue {
    private final int atOnce;
    private final ArrayDeque<Ticket> waiting = new ArrayDeque<>();
    private final Map<Ticket, Future<?>> withEngine = new HashMap<>();

    /** Names a question: a query id means something only within its stream. */
    record Ticket(String stream, String queryId) {}

    /**
     * @param atOnce how many may be with the engine
     */
    QuestionQueue(int atOnce) {
        this.atOnce = atOnce;
    }

    /** Lets a question wait its turn. */
    void add(Ticket ticket) {
        waiting.add(ticket);
    }

    /** The next question, if the engine may have one more. */
    Optional<Ticket> next() {
        return withEngine.size() < atOnce ? Optional.ofNullable(waiting.poll()) : Optional.empty();
    }

    /** Notes that a question is with the engine. */
    void started(Ticket ticket, Future<?> work) {
        withEngine.put(ticket, work);
    }

    /**
     * Notes that the engine is done with a question.
     *
     * @return false if the question had been cancelled before
     */
    boolean finished(Ticket ticket, Future<?> work) {
        return withEngine.remove(ticket, work);
    }

    /** Takes a question out, and stops the engine's work on it. */
    void cancel(Ticket ticket) {
        waiting.remove(ticket);
        Future<?> work = withEngine.remove(ticket);
        if (work != null) {
            work.cancel(false);
        }
    }

    /** How many wait or are with the engine. */
    int size() {
        return waiting.size() + withEngine.size();
    }

    boolean isEmpty() {
        return size() == 0;
    }
}
