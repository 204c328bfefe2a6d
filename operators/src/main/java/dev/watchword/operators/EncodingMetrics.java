package dev.watchword.operators;

import dev.watchword.engine.EngineLoad;
import java.time.Instant;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counts what {@link EncodeFrames} does, and tells how the engine behind it fares. */
final class EncodingMetrics {
    private final Counter encoded;
    private final Counter unusable;
    private final Counter thinned;
    private final LastFrames lastFrames;

    /**
     * @param inFlight how many frames are with the engine
     * @param engine the engine's load whenever it is asked for; from any thread
     */
    EncodingMetrics(MetricGroup operator, IntSupplier inFlight, Supplier<EngineLoad> engine) {
        MetricGroup group = operator.addGroup("watchword");
        encoded = group.counter("frames_encoded");
        unusable = group.counter("frames_unusable");
        thinned = group.counter("frames_thinned");
        lastFrames = new LastFrames(group);
        group.gauge("frames_in_flight", inFlight::getAsInt);
        group.gauge("engine_pictures_waiting", () -> engine.get().picturesWaiting());
        group.gauge("engine_busy_ms", () -> engine.get().busy().toMillis());
        group.gauge("engine_batches", () -> engine.get().batches());
        group.gauge("engine_frames_encoded", () -> engine.get().framesEncoded());
    }

    /** A frame of a stream was encoded. */
    void encoded(String stream, Instant when) {
        encoded.inc();
        lastFrames.came(stream, when);
    }

    void unusable() {
        unusable.inc();
    }

    /** A frame was left out because too many came. */
    void thinned() {
        thinned.inc();
    }
}
