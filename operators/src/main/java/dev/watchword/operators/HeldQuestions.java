package dev.watchword.operators;

import dev.watchword.operators.QuestionQueue.Ticket;
import dev.watchword.schemas.Priority;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The questions of one subtask that may not begin yet, because no frame of their moment has come or
 * the question that they follow is not answered; their deadlines are watched. Only their names are
 * here; what they ask is in keyed state. Used on the task's thread alone; {@link #size} may be
 * called on any.
 */
final class HeldQuestions {
    private final WaitingDeadlines<Ticket> deadlines;
    private final Map<Ticket, Held> held = new HashMap<>();
    private final Map<Priority, Integer> sizes = new EnumMap<>(Priority.class);
    private final Map<String, TreeSet<Held>> byMoment = new HashMap<>();
    private final Map<Ticket, List<Held>> followers = new HashMap<>();
    private long taken;
    private volatile int size;

    /** What a question waits for. */
    private sealed interface Cause {
        record Moment(Instant at) implements Cause {}

        record Answer(Ticket earlier) implements Cause {}
    }

    /**
     * @param number how many were held before it
     */
    private record Held(Ticket ticket, long number, Cause cause, Priority priority) {
        static final Comparator<Held> BY_NUMBER = Comparator.comparing(Held::number);
        static final Comparator<Held> BY_MOMENT =
                Comparator.comparing((Held one) -> ((Cause.Moment) one.cause).at)
                        .thenComparing(BY_NUMBER);
    }

    HeldQuestions(WaitingDeadlines<Ticket> deadlines) {
        this.deadlines = deadlines;
    }

    /** Holds a question until a frame captured at a moment or later comes. */
    void untilMoment(Ticket ticket, Instant moment, Urgency urgency) {
        Held added = hold(ticket, new Cause.Moment(moment), urgency);
        byMoment.computeIfAbsent(ticket.stream(), key -> new TreeSet<>(Held.BY_MOMENT)).add(added);
    }

    /** Holds a question until another has its answer. */
    void untilAnswer(Ticket ticket, Ticket earlier, Urgency urgency) {
        Held added = hold(ticket, new Cause.Answer(earlier), urgency);
        followers.computeIfAbsent(earlier, key -> new ArrayList<>()).add(added);
    }

    private Held hold(Ticket ticket, Cause cause, Urgency urgency) {
        Held added = new Held(ticket, taken++, cause, urgency.priority());
        urgency.deadline().ifPresent(at -> deadlines.watch(ticket, at));
        held.put(ticket, added);
        sizes.merge(added.priority(), 1, Integer::sum);
        size = held.size();
        return added;
    }

    /** Lets those of a stream go that waited for a frame of this time, in the order of their asking. */
    List<Ticket> reached(String stream, Instant capturedAt) {
        TreeSet<Held> ofStream = byMoment.get(stream);
        List<Held> reached = new ArrayList<>();
        if (ofStream != null) {
            for (Held each : ofStream) {
                if (((Cause.Moment) each.cause).at.isAfter(capturedAt)) {
                    break;
                }
                reached.add(each);
            }
        }
        return letGo(reached);
    }

    /** Lets all go that wait for a moment, in the order of their asking. */
    List<Ticket> allOfMoments() {
        return letGo(byMoment.values().stream().flatMap(TreeSet::stream).toList());
    }

    /** Lets those go that waited for another's answer, in the order of their asking. */
    List<Ticket> following(Ticket earlier) {
        return letGo(List.copyOf(followers.getOrDefault(earlier, List.of())));
    }

    private List<Ticket> letGo(List<Held> some) {
        List<Ticket> tickets = some.stream().sorted(Held.BY_NUMBER).map(Held::ticket).toList();
        tickets.forEach(this::remove);
        return tickets;
    }

    /** Lets a question go; returns false if it was not held. */
    boolean remove(Ticket ticket) {
        Held removed = held.remove(ticket);
        if (removed == null) {
            return false;
        }
        deadlines.forget(ticket);
        sizes.merge(removed.priority(), -1, Integer::sum);
        if (removed.cause() instanceof Cause.Answer after) {
            List<Held> others = followers.get(after.earlier());
            others.remove(removed);
            if (others.isEmpty()) {
                followers.remove(after.earlier());
            }
        } else {
            TreeSet<Held> others = byMoment.get(ticket.stream());
            others.remove(removed);
            if (others.isEmpty()) {
                byMoment.remove(ticket.stream());
            }
        }
        size = held.size();
        return true;
    }

    /** How many there are. */
    int size() {
        return size;
    }

    /** How many there are of a priority and above. */
    int size(Priority least) {
        return sizes.entrySet().stream()
                .filter(each -> each.getKey().compareTo(least) >= 0)
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
