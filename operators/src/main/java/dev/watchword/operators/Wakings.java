package dev.watchword.operators;

import java.time.Instant;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimerService;

/** Moments at which something is to be done about the current key; they outlive a restart. */
record Wakings(InternalTimerService<VoidNamespace> timers) {
    void add(Instant moment) {
        timers.registerProcessingTimeTimer(VoidNamespace.INSTANCE, moment.toEpochMilli());
    }

    void remove(Instant moment) {
        timers.deleteProcessingTimeTimer(VoidNamespace.INSTANCE, moment.toEpochMilli());
    }
}
