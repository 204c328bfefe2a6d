package dev.watchword.operators;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * The questions of one subtask that are not answered: those that wait, and those that are with the
 * engine. First come is first served, but evaluations of standing questions come after those that
 * somebody asks once. Only their names are here; what they ask is in keyed state. Used
 * on the task's thread alone.
 */
final class QuestionQueue {
    private final int atOnce;
    private final ArrayDeque<Ticket> waiting = new ArrayDeque<>();
    private final ArrayDeque<Ticket> evaluations = new ArrayDeque<>();
    private final Map<Ticket, Future<?>> withEngine = new HashMap<>();

    /**
     * Names a question: a query id means something only within its stream.
     *
     * @param standing whether it is an evaluation of a standing question, of which there is one at a
     *     time; another question may have the same id
     */
    record Ticket(String stream, String queryId, boolean standing) {
        /** One that is asked once. */
        Ticket(String stream, String queryId) {
            this(stream, queryId, false);
        }

        /** For logs: whoever asks chooses the id, but not what a log's lines are. */
        @Override
        public String toString() {
            return "%s of stream %s".formatted(Shortened.logged(queryId), Shortened.logged(stream));
        }
    }

    /**
     * @param atOnce how many may be with the engine
     */
    QuestionQueue(int atOnce) {
        this.atOnce = atOnce;
    }

    /** Lets a question wait its turn. */
    void add(Ticket ticket) {
        queue(ticket).add(ticket);
    }

    /** The next question, if the engine may have one more. */
    Optional<Ticket> next() {
        if (withEngine.size() >= atOnce) {
            return Optional.empty();
        }
        return Optional.ofNullable(waiting.isEmpty() ? evaluations.poll() : waiting.poll());
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
        queue(ticket).remove(ticket);
        Future<?> work = withEngine.remove(ticket);
        if (work != null) {
            work.cancel(false);
        }
    }

    /** How many wait or are with the engine. */
    int size() {
        return waiting.size() + evaluations.size() + withEngine.size();
    }

    /** How many of them somebody asked once. */
    int askedOnce() {
        int answering =
                (int) withEngine.keySet().stream().filter(ticket -> !ticket.standing()).count();
        return waiting.size() + answering;
    }

    boolean isEmpty() {
        return size() == 0;
    }

    private ArrayDeque<Ticket> queue(Ticket ticket) {
        return ticket.standing() ? evaluations : waiting;
    }
}
