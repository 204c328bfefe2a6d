package dev.watchword.operators;

import dev.watchword.engine.EngineModel;
import dev.watchword.memory.FrameWindow;
import dev.watchword.memory.FusionPlan;
import dev.watchword.memory.Scope;
import dev.watchword.memory.StreamMemory;
import dev.watchword.memory.StreamPart;
import dev.watchword.memory.WindowFrames;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.flink.util.OutputTag;

/** Makes what a stream has for a question about several streams together, as of when it comes. */
final class StreamParts {
    /** The side output of parts. */
    static final OutputTag<CombineEvent> OUTPUT =
            new OutputTag<>("parts", EventTypes.COMBINE_EVENT);

    private final StreamMemory memory;
    private final FusionPlans plans;
    private final EngineModel model;
    private final long mostBytes;

    /**
     * @param mostBytes a part of more is left out, since the question is refused then
     */
    StreamParts(StreamMemory memory, FusionPlans plans, EngineModel model, long mostBytes) {
        this.memory = memory;
        this.plans = plans;
        this.model = model;
        this.mostBytes = mostBytes;
    }

    /** The part of the stream that is the current key. */
    CombineEvent.Part of(QueryEvent event) throws Exception {
        StreamPart.Builder part =
                StreamPart.newBuilder().setStream(event.stream()).setModel(model.id());
        Optional<FrameWindow> window = memory.resolve(QueryCheck.scope(event.query()));
        if (window.isEmpty()) {
            part.setMissing(noFrames());
        } else {
            fill(part, event.stream(), window.get());
        }
        return CombineEvent.Part.of(event.query(), part.build());
    }

    /** The part of a stream that cannot wait for frames to come up to a question's moment. */
    CombineEvent.Part tooManyWait(QueryEvent event) {
        StreamPart part =
                StreamPart.newBuilder()
                        .setStream(event.stream())
                        .setModel(model.id())
                        .setMissing("Too many combined questions wait for moments to come already.")
                        .build();
        return CombineEvent.Part.of(event.query(), part);
    }

    private String noFrames() throws Exception {
        return memory.resolve(new Scope.All()).isEmpty()
                ? "No frame has come yet."
                : "No frame is in the question's scope.";
    }

    private void fill(StreamPart.Builder part, String stream, FrameWindow window) throws Exception {
        FusionPlan plan = plans.of(stream, window);
        long size =
                window.count() * model.tokenBytes()
                        + (long) plan.keyframes().size() * model.featureBytes();
        part.setSize(size);
        if (size > mostBytes) {
            part.setLeftOut(true);
            return;
        }
        List<byte[]> features = memory.features(plan.keyframes()).orElseThrow();
        WindowFrames frames = memory.read(window);
        OptionalLong anchor = plans.anchor(stream, plan.keyframes());
        part.setSequences(frames.sequences())
                .setCapturedAt(frames.capturedAt())
                .setTokens(wrapped(frames.tokens()))
                .setKeyframes(plan.keyframes())
                .setWeights(plan.weights())
                .setFeatures(wrapped(features))
                .setAnchor(anchor.isPresent() ? anchor.getAsLong() : null)
                .setExact(plan.exact());
    }

    private static List<ByteBuffer> wrapped(List<byte[]> bytes) {
        return bytes.stream().map(ByteBuffer::wrap).toList();
    }
}
