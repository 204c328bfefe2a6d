package dev.watchword.operators;

import dev.watchword.operators.QuestionQueue.Ticket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.ProcessingTimeService.ProcessingTimeCallback;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * The questions of one subtask that may not begin yet, because no frame of their moment has come, and
 * the timers of their deadlines. Only their names are here; what they ask is in keyed state. Used on
 * the task's thread alone; {@link #size} may be called on any.
 */
final class HeldQuestions {
    private final ProcessingTimeService timers;
    private final Expiry expiry;
    private final Map<Ticket, Held> held = new HashMap<>();
    private final Map<String, TreeSet<Held>> byMoment = new HashMap<>();
    private long taken;
    private volatile int size;

    /** What is done with a question whose deadline has passed, on the task's thread. */
    interface Expiry {
        void expire(Ticket ticket) throws Exception;
    }

    /**
     * @param number how many were held before it
     * @param moment that it waits for
     */
    private record Held(
            Ticket ticket, long number, Instant moment, Optional<ScheduledFuture<?>> timer) {
        static final Comparator<Held> BY_MOMENT =
                Comparator.comparing(Held::moment).thenComparing(Held::number);
    }

    HeldQuestions(ProcessingTimeService timers, Expiry expiry) {
        this.timers = timers;
        this.expiry = expiry;
    }

    /** Holds a question until a frame captured at a moment or later comes. */
    void untilMoment(Ticket ticket, Instant moment, Optional<Instant> deadline) {
        Held added = new Held(ticket, taken++, moment, deadline.map(at -> timer(ticket, at)));
        held.put(ticket, added);
        byMoment.computeIfAbsent(ticket.stream(), key -> new TreeSet<>(Held.BY_MOMENT)).add(added);
        size = held.size();
    }

    private ScheduledFuture<?> timer(Ticket ticket, Instant deadline) {
        ProcessingTimeCallback callback =
                time -> {
                    if (remove(ticket)) {
                        expiry.expire(ticket);
                    }
                };
        // A deadline has passed only after its millisecond.
        long last = deadline.toEpochMilli();
        return timers.registerTimer(last == Long.MAX_VALUE ? last : last + 1, callback);
    }

    /** Lets those of a stream go that waited for a frame of this time, in the order of their asking. */
    List<Ticket> reached(String stream, Instant capturedAt) {
        TreeSet<Held> ofStream = byMoment.get(stream);
        List<Held> reached = new ArrayList<>();
        while (ofStream != null
                && !ofStream.isEmpty()
                && !ofStream.first().moment().isAfter(capturedAt)) {
            Held next = ofStream.first();
            reached.add(next);
            remove(next.ticket());
        }
        reached.sort(Comparator.comparing(Held::number));
        return reached.stream().map(Held::ticket).toList();
    }

    /** Lets all go that wait for a moment, in the order of their asking. */
    List<Ticket> allOfMoments() {
        List<Held> all = new ArrayList<>();
        byMoment.values().forEach(all::addAll);
        all.sort(Comparator.comparing(Held::number));
        all.forEach(each -> remove(each.ticket()));
        return all.stream().map(Held::ticket).toList();
    }

    /** Lets a question go; returns false if it was not held. */
    boolean remove(Ticket ticket) {
        Held removed = held.remove(ticket);
        if (removed == null) {
            return false;
        }
        removed.timer().ifPresent(timer -> timer.cancel(false));
        TreeSet<Held> ofStream = byMoment.get(ticket.stream());
        ofStream.remove(removed);
        if (ofStream.isEmpty()) {
            byMoment.remove(ticket.stream());
        }
        size = held.size();
        return true;
    }

    /** How many there are. */
    int size() {
        return size;
    }
}
