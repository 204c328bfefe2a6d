package dev.watchword.operators;

import java.time.Instant;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimerService;

/** Moments at which something is to be done about the current key; they outlive a restart. */
record Wakings(InternalTimerService<VoidNamespace> timers) {
    private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);

    void add(Instant moment) {
        timers.registerProcessingTimeTimer(VoidNamespace.INSTANCE, milliseconds(moment));
    }

    void remove(Instant moment) {
        timers.deleteProcessingTimeTimer(VoidNamespace.INSTANCE, milliseconds(moment));
    }

    /** A moment just behind the last that a record can name is as good as that one. */
    private static long milliseconds(Instant moment) {
        return moment.isAfter(LATEST) ? Long.MAX_VALUE : moment.toEpochMilli();
    }
}
