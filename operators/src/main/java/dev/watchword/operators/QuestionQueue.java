package dev.watchword.operators;

import dev.watchword.schemas.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;

/**
 * The questions of one subtask that are not answered: those that wait, and those that are with the
 * engine. A higher priority goes first, and does not wait for those of a lower one that are with the
 * engine: it sets them aside. Within a priority the order is that of a {@link QuestionLane}. See
 * decisions 0022 and 0030. Only names are here; what is asked is in keyed state. Used on the task's
 * thread alone.
 */
final class QuestionQueue {
    private final int atOnce;
    private final boolean overtaking;
    private final Map<Priority, QuestionLane> lanes = new TreeMap<>(Comparator.reverseOrder());
    private final Map<Ticket, Work> withEngine = new HashMap<>();
    private final Set<Ticket> triedAgain = new HashSet<>();

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

    /** What the engine does for a question. */
    private record Work(Priority priority, Future<?> future) {}

    private QuestionQueue(int atOnce, boolean overtaking) {
        this.atOnce = atOnce;
        this.overtaking = overtaking;
        for (Priority priority : Priority.values()) {
            lanes.put(priority, new QuestionLane());
        }
    }

    /**
     * A queue in which none waits for those of a lower priority.
     *
     * @param atOnce how many of a priority and above may be with the engine
     */
    static QuestionQueue overtaking(int atOnce) {
        return new QuestionQueue(atOnce, true);
    }

    /**
     * A queue in which all wait for those that are with the engine.
     *
     * @param atOnce how many may be with the engine
     */
    static QuestionQueue waiting(int atOnce) {
        return new QuestionQueue(atOnce, false);
    }

    /** Lets a question wait its turn. */
    void add(Ticket ticket, Urgency urgency) {
        lanes.get(urgency.priority()).add(ticket, urgency.deadline());
    }

    /**
     * Lets a question wait once more that the engine could not answer.
     *
     * @return false, and nothing is done, if that was so before
     */
    boolean addAgain(Ticket ticket, Urgency urgency) {
        boolean first = triedAgain.add(ticket);
        if (first) {
            add(ticket, urgency);
        }
        return first;
    }

    /** Notes that a question has its answer. */
    void answered(Ticket ticket) {
        triedAgain.remove(ticket);
    }

    /** Takes out the next question, if the engine may have one more. */
    Optional<Ticket> next(Instant now) {
        for (Map.Entry<Priority, QuestionLane> lane : lanes.entrySet()) {
            if (lane.getValue().size() > 0) {
                return inItsWay(lane.getKey()) < atOnce
                        ? Optional.of(lane.getValue().take(now))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** How many are with the engine for which a question of this priority waits. */
    private long inItsWay(Priority priority) {
        return withEngine.values().stream()
                .filter(work -> !overtaking || work.priority().compareTo(priority) >= 0)
                .count();
    }

    /** Whether a question waits, and is not with the engine yet. */
    boolean isWaiting(Ticket ticket) {
        return lanes.values().stream().anyMatch(lane -> lane.contains(ticket));
    }

    /** Notes that a question is with the engine. */
    void started(Ticket ticket, Priority priority, Future<?> work) {
        withEngine.put(ticket, new Work(priority, work));
    }

    /** Whether the engine works on a question, and this is the work. */
    boolean isWithEngine(Ticket ticket, Future<?> work) {
        Work present = withEngine.get(ticket);
        return present != null && present.future() == work;
    }

    /**
     * Notes that the engine is done with a question.
     *
     * @return false if the question had been cancelled before
     */
    boolean finished(Ticket ticket, Future<?> work) {
        boolean present = isWithEngine(ticket, work);
        if (present) {
            withEngine.remove(ticket);
        }
        return present;
    }

    /** Notes how long the engine had a question that it is done with. */
    void took(Priority priority, Duration duration) {
        lanes.get(priority).took(duration);
    }

    /** Takes a question out, and stops the engine's work on it. */
    void cancel(Ticket ticket) {
        lanes.values().forEach(lane -> lane.remove(ticket));
        Work work = withEngine.remove(ticket);
        if (work != null) {
            work.future().cancel(false);
        }
    }

    /** How many wait or are with the engine. */
    int size() {
        return lanes.values().stream().mapToInt(QuestionLane::size).sum() + withEngine.size();
    }

    /** How many of a priority and above somebody asked once. */
    int askedOnce(Priority least) {
        int count = 0;
        for (Map.Entry<Ticket, Work> each : withEngine.entrySet()) {
            boolean counts = each.getValue().priority().compareTo(least) >= 0;
            count += counts && !each.getKey().standing() ? 1 : 0;
        }
        for (Map.Entry<Priority, QuestionLane> lane : lanes.entrySet()) {
            count += lane.getKey().compareTo(least) >= 0 ? lane.getValue().askedOnce() : 0;
        }
        return count;
    }

    boolean isEmpty() {
        return size() == 0;
    }
}
