package dev.watchword.operators;

import dev.watchword.operators.QuestionQueue.Ticket;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.util.function.ThrowingConsumer;

/**
 * Tells of questions that wait when their deadlines pass, so that whoever asked hears of it then and
 * not when its turn comes. Used on the task's thread alone, on which it tells, too.
 */
final class WaitingDeadlines {
    private final ProcessingTimeService clock;
    private final ThrowingConsumer<Ticket, Exception> passed;
    private final Map<Ticket, ScheduledFuture<?>> timers = new HashMap<>();

    /**
     * @param passed is told of a question whose deadline has passed; not of one twice
     */
    WaitingDeadlines(ProcessingTimeService clock, ThrowingConsumer<Ticket, Exception> passed) {
        this.clock = clock;
        this.passed = passed;
    }

    /** Begins to watch a question; one that was watched gets the new deadline. */
    void watch(Ticket ticket, Instant deadline) {
        forget(ticket);
        long last = deadline.toEpochMilli();
        if (last < Long.MAX_VALUE) {
            timers.put(ticket, clock.registerTimer(last + 1, time -> pass(ticket)));
        }
    }

    /** Ends to watch a question, if it is watched. */
    void forget(Ticket ticket) {
        ScheduledFuture<?> timer = timers.remove(ticket);
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /** A timer that was cancelled may have been on its way already. */
    private void pass(Ticket ticket) throws Exception {
        if (timers.remove(ticket) != null) {
            passed.accept(ticket);
        }
    }
}
