package dev.watchword.job.bench.state;

import dev.watchword.memory.FrameWindow;
import dev.watchword.memory.FusionPlan;
import dev.watchword.memory.KeyframePolicy;
import dev.watchword.memory.PendingQuery;
import dev.watchword.memory.Retention;
import dev.watchword.memory.Scope;
import dev.watchword.memory.StreamMemory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keeps made-up frames as the job keeps real ones, and reads a stream's whole history as the job
 * does for a question about all of it.
 */
final class RememberFrames extends KeyedProcessFunction<String, Long, Void>
        implements CheckpointedFunction {
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final String MODEL = "made-up-000000000000";

    private final StatePlan plan;
    private final KeyframePolicy keyframes;
    private final String gateName;

    private transient Gate gate;
    private transient StreamMemory memory;

    RememberFrames(StatePlan plan, KeyframePolicy keyframes, String gateName) {
        this.plan = plan;
        this.keyframes = keyframes;
        this.gateName = gateName;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) {
        gate = Gate.named(gateName);
        Retention everything = new Retention(plan.framesOfStream() + 1, Duration.ZERO);
        memory = new StreamMemory(context.getKeyedStateStore(), everything, keyframes, MODEL);
        gate.stateIsThere();
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
        // All state is keyed state, which Flink saves by itself.
    }

    @Override
    public void processElement(Long event, Context context, Collector<Void> out) throws Exception {
        if (plan.isReading(event)) {
            gate.read(read(context.getCurrentKey()));
        } else {
            remember(context.getCurrentKey(), event);
            gate.remembered();
        }
    }

    private void remember(String stream, long event) throws Exception {
        SplittableRandom random = new SplittableRandom(event);
        byte[] token = new byte[plan.tokenBytes()];
        random.nextBytes(token);
        byte[] features = new byte[plan.featureBytes()];
        random.nextBytes(features);
        long sequence = plan.sequence(event);
        Instant capturedAt = FIRST.plus(BETWEEN.multipliedBy(sequence));
        memory.remember(stream, sequence, capturedAt, token, features);
    }

    /** Returns how many bytes of vision tokens the history has. */
    private long read(String stream) throws Exception {
        FrameWindow all = memory.resolve(new Scope.All()).orElseThrow();
        FusionPlan fusion = memory.plan(stream, all);
        PendingQuery question =
                PendingQuery.newBuilder()
                        .setQuery(ByteBuffer.allocate(0))
                        .setTakenAt(all.lastCapturedAt())
                        .setFrames(all.count())
                        .setFirstSequence(all.first())
                        .setFirstCapturedAt(all.firstCapturedAt())
                        .setLastSequence(all.last())
                        .setLastCapturedAt(all.lastCapturedAt())
                        .setKeyframes(fusion.keyframes())
                        .setWeights(fusion.weights())
                        .setExact(fusion.exact())
                        .build();
        memory.features(question).orElseThrow();
        List<byte[]> tokens = memory.tokens(question).orElseThrow();
        return tokens.stream().mapToLong(token -> token.length).sum();
    }
}
