package dev.watchword.operators;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.util.function.ThrowingConsumer;

/**
 * Tells of questions that wait when their deadlines pass, so that whoever asked hears of it then and
 * not when its turn comes. Used on the task's thread alone, on which it tells, too.
 *
 * @param <Q> what a question is known by
 */
final class WaitingDeadlines<Q> {
    private final ProcessingTimeService clock;
    private final ThrowingConsumer<Q, Exception> passed;
    private final Map<Q, ScheduledFuture<?>> timers = new HashMap<>();

    /**
     * @param passed is told of a question whose deadline has passed; not of one twice
     */
    WaitingDeadlines(ProcessingTimeService clock, ThrowingConsumer<Q, Exception> passed) {
        this.clock = clock;
        this.passed = passed;
    }

    /** Begins to watch a question; one that was watched gets the new deadline. */
    void watch(Q question, Instant deadline) {
        forget(question);
        long last = deadline.toEpochMilli();
        if (last < Long.MAX_VALUE) {
            timers.put(question, clock.registerTimer(last + 1, time -> pass(question)));
        }
    }

    /** Ends to watch a question, if it is watched. */
    void forget(Q question) {
        ScheduledFuture<?> timer = timers.remove(question);
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /** A timer that was cancelled may have been on its way already. */
    private void pass(Q question) throws Exception {
        if (timers.remove(question) != null) {
            passed.accept(question);
        }
    }
}
