package dev.watchword.operators;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.metrics.MetricGroup;

/**
 * Tells as a metric when each stream last had a frame that could be used, so that a silent camera is
 * noticed. In Flink's and Prometheus's metrics the stream is a label.
 */
final class LastFrames {
    /** Streams come from outside, and a metric of each costs memory. */
    static final int MOST_STREAMS = 1_000;

    private final MetricGroup group;
    private final Map<String, AtomicLong> seconds = new HashMap<>();

    LastFrames(MetricGroup group) {
        this.group = group;
    }

    /** A frame came. Of more than {@link #MOST_STREAMS} streams only the first are told of. */
    void came(String stream, Instant when) {
        AtomicLong known = seconds.get(stream);
        if (known != null) {
            known.set(when.getEpochSecond());
        } else if (seconds.size() < MOST_STREAMS) {
            AtomicLong first = new AtomicLong(when.getEpochSecond());
            seconds.put(stream, first);
            group.addGroup("stream", Shortened.stream(stream))
                    .gauge("last_frame_seconds", first::get);
        }
    }
}
