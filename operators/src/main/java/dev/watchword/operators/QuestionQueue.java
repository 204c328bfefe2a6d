package dev.watchword.operators;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;

/**
 * The questions of one subtask that are not answered: those that wait, and those that are with the
 * engine. The earliest deadline is served first, then those without one in the order in which they
 * came, which have every fourth turn all the same; evaluations of standing questions come after
 * those that somebody asks once; see decision 0022. Only names are here; what is asked is in keyed
 * state. Used on the task's thread alone.
 */
final class QuestionQueue {
    /** So many questions with a deadline are served before one without has its turn. */
    static final int DEADLINES_IN_A_ROW = 3;

    private final int atOnce;
    private final RecentSpeed speed = new RecentSpeed();
    private final Map<Ticket, Due> due = new HashMap<>();
    private final TreeSet<Due> byDeadline =
            new TreeSet<>(Comparator.comparing(Due::deadline).thenComparingLong(Due::arrival));
    private final Set<Ticket> withoutDeadline = new LinkedHashSet<>();
    private final Set<Ticket> evaluations = new LinkedHashSet<>();
    private final Map<Ticket, Future<?>> withEngine = new HashMap<>();
    private final Set<Ticket> triedAgain = new HashSet<>();
    private long arrivals;
    private int inARow;

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

    /** A question that waits and has a deadline. */
    private record Due(Ticket ticket, Instant deadline, long arrival) {}

    /**
     * @param atOnce how many may be with the engine
     */
    QuestionQueue(int atOnce) {
        this.atOnce = atOnce;
    }

    /** Lets a question wait its turn. */
    void add(Ticket ticket, Optional<Instant> deadline) {
        if (ticket.standing()) {
            evaluations.add(ticket);
        } else if (deadline.isPresent()) {
            Due waiting = new Due(ticket, deadline.get(), arrivals++);
            due.put(ticket, waiting);
            byDeadline.add(waiting);
        } else {
            withoutDeadline.add(ticket);
        }
    }

    /**
     * Lets a question wait once more that the engine could not answer.
     *
     * @return false, and nothing is done, if that was so before
     */
    boolean addAgain(Ticket ticket, Optional<Instant> deadline) {
        boolean first = triedAgain.add(ticket);
        if (first) {
            add(ticket, deadline);
        }
        return first;
    }

    /** Notes that a question has its answer. */
    void answered(Ticket ticket) {
        triedAgain.remove(ticket);
    }

    /** The next question, if the engine may have one more. */
    Optional<Ticket> next(Instant now) {
        if (withEngine.size() >= atOnce) {
            return Optional.empty();
        }
        Optional<Ticket> next = nextAskedOnce(now).or(() -> first(evaluations));
        next.ifPresent(this::remove);
        return next;
    }

    private Optional<Ticket> nextAskedOnce(Instant now) {
        Optional<Ticket> inTime = firstInTime(now);
        if (inTime.isPresent() && (inARow < DEADLINES_IN_A_ROW || withoutDeadline.isEmpty())) {
            inARow++;
            return inTime;
        }
        if (!withoutDeadline.isEmpty()) {
            inARow = 0;
            return first(withoutDeadline);
        }
        return byDeadline.isEmpty() ? Optional.empty() : Optional.of(byDeadline.first().ticket());
    }

    /** The earliest deadline that can be kept if work takes as long as it does of late. */
    private Optional<Ticket> firstInTime(Instant now) {
        Due earliest = new Due(new Ticket("", ""), now.plus(speed.usual()), Long.MIN_VALUE);
        return Optional.ofNullable(byDeadline.ceiling(earliest)).map(Due::ticket);
    }

    private static Optional<Ticket> first(Set<Ticket> tickets) {
        Iterator<Ticket> all = tickets.iterator();
        return all.hasNext() ? Optional.of(all.next()) : Optional.empty();
    }

    private void remove(Ticket ticket) {
        Due waiting = due.remove(ticket);
        if (waiting != null) {
            byDeadline.remove(waiting);
        }
        withoutDeadline.remove(ticket);
        evaluations.remove(ticket);
    }

    /** Whether a question waits, and is not with the engine yet. */
    boolean isWaiting(Ticket ticket) {
        return due.containsKey(ticket)
                || withoutDeadline.contains(ticket)
                || evaluations.contains(ticket);
    }

    /** Notes that a question is with the engine. */
    void started(Ticket ticket, Future<?> work) {
        withEngine.put(ticket, work);
    }

    /** Whether the engine works on a question, and this is the work. */
    boolean isWithEngine(Ticket ticket, Future<?> work) {
        return withEngine.get(ticket) == work;
    }

    /**
     * Notes that the engine is done with a question.
     *
     * @return false if the question had been cancelled before
     */
    boolean finished(Ticket ticket, Future<?> work) {
        return withEngine.remove(ticket, work);
    }

    /** Notes how long the engine had a question that it is done with. */
    void took(Duration duration) {
        speed.took(duration);
    }

    /** Takes a question out, and stops the engine's work on it. */
    void cancel(Ticket ticket) {
        remove(ticket);
        Future<?> work = withEngine.remove(ticket);
        if (work != null) {
            work.cancel(false);
        }
    }

    /** How many wait or are with the engine. */
    int size() {
        return askedOnceWaiting() + evaluations.size() + withEngine.size();
    }

    /** How many of them somebody asked once. */
    int askedOnce() {
        int answering =
                (int) withEngine.keySet().stream().filter(ticket -> !ticket.standing()).count();
        return askedOnceWaiting() + answering;
    }

    private int askedOnceWaiting() {
        return due.size() + withoutDeadline.size();
    }

    boolean isEmpty() {
        return size() == 0;
    }
}
