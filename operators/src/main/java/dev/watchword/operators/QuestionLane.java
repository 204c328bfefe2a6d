package dev.watchword.operators;

import dev.watchword.operators.QuestionQueue.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The questions of one priority that wait their turn: the earliest deadline goes first, then those
 * without one in the order in which they came, which have every fourth turn all the same;
 * evaluations of standing questions come after those that somebody asks once. Used on the task's
 * thread alone.
 */
final class QuestionLane {
    /** So many questions with a deadline are served before one without has its turn. */
    static final int DEADLINES_IN_A_ROW = 3;

    private final RecentSpeed speed = new RecentSpeed();
    private final Map<Ticket, Due> due = new HashMap<>();
    private final TreeSet<Due> byDeadline =
            new TreeSet<>(Comparator.comparing(Due::deadline).thenComparingLong(Due::arrival));
    private final Set<Ticket> withoutDeadline = new LinkedHashSet<>();
    private final Set<Ticket> evaluations = new LinkedHashSet<>();
    private long arrivals;
    private int inARow;

    /** A question that has a deadline. */
    private record Due(Ticket ticket, Instant deadline, long arrival) {}

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

    /** Notes how long the engine had a question that it is done with. */
    void took(Duration duration) {
        speed.took(duration);
    }

    /** Takes the next question out; there must be one. */
    Ticket take(Instant now) {
        Ticket next = askedOnce() > 0 ? nextAskedOnce(now.plus(speed.usual())) : first(evaluations);
        remove(next);
        return next;
    }

    /**
     * @param done when work that begins now is done, if it takes as long as it does of late
     */
    private Ticket nextAskedOnce(Instant done) {
        Due inTime = byDeadline.ceiling(new Due(new Ticket("", ""), done, Long.MIN_VALUE));
        if (inTime != null && (inARow < DEADLINES_IN_A_ROW || withoutDeadline.isEmpty())) {
            inARow++;
            return inTime.ticket();
        }
        if (!withoutDeadline.isEmpty()) {
            inARow = 0;
            return first(withoutDeadline);
        }
        return byDeadline.first().ticket();
    }

    private static Ticket first(Set<Ticket> tickets) {
        return tickets.iterator().next();
    }

    /** Takes a question out, if it is here. */
    void remove(Ticket ticket) {
        Due waiting = due.remove(ticket);
        if (waiting != null) {
            byDeadline.remove(waiting);
        }
        withoutDeadline.remove(ticket);
        evaluations.remove(ticket);
    }

    boolean contains(Ticket ticket) {
        return due.containsKey(ticket)
                || withoutDeadline.contains(ticket)
                || evaluations.contains(ticket);
    }

    /** How many somebody asked once. */
    int askedOnce() {
        return due.size() + withoutDeadline.size();
    }

    int size() {
        return askedOnce() + evaluations.size();
    }
}
