package dev.watchword.model;

import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.List;

/**
 * What the network makes of frames before any question is known. Any number of questions may be
 * fused with it, one after the other.
 */
public final class EncodedFrames implements AutoCloseable {
    private final Tensor compressed;
    private final Tensor attention;
    private final PreFusion.Vision vision;

    EncodedFrames(Tensor compressed, Tensor attention, PreFusion.Vision vision) {
        this.compressed = compressed;
        this.attention = attention;
        this.vision = vision;
    }

    /** The compressed features after the projector, before pre-fusion [F, Q, D]. */
    public Tensor compressed() {
        return compressed;
    }

    /** What each query of the compressor looked at [F, Q, patches]. */
    public Tensor attention() {
        return attention;
    }

    /** The frames' vision tokens [F, Q, D]. */
    public Tensor visionTokens() {
        return vision.tokens();
    }

    PreFusion.Vision vision() {
        return vision;
    }

    /** How many frames they are. */
    public int count() {
        return Math.toIntExact(visionTokens().size(0));
    }

    /** The bytes of the device's memory that the keys and values take on which text is fused. */
    public long bytes() {
        return vision.cache().bytes();
    }

    /** A copy of one of the frames, which shares no memory with the others. */
    public EncodedFrames frame(TensorScope scope, int index) {
        return new EncodedFrames(
                copy(scope, compressed, index),
                copy(scope, attention, index),
                new PreFusion.Vision(
                        copy(scope, visionTokens(), index),
                        vision.cache().copyOf(scope, index, count())));
    }

    private static Tensor copy(TensorScope scope, Tensor all, int index) {
        try (TensorScope step = scope.child()) {
            Tensor one = all.part(0, index, 1);
            return step.join(List.of(one), 0).moveTo(scope);
        }
    }

    /**
     * Copies of frames as one batch.
     *
     * @param frames not empty
     * @param textRoom for how many tokens of text room is made; more is possible and costs a copy
     */
    public static EncodedFrames joined(
            TensorScope scope, List<EncodedFrames> frames, int textRoom) {
        return new EncodedFrames(
                scope.join(frames.stream().map(EncodedFrames::compressed).toList(), 0),
                scope.join(frames.stream().map(EncodedFrames::attention).toList(), 0),
                new PreFusion.Vision(
                        scope.join(frames.stream().map(EncodedFrames::visionTokens).toList(), 0),
                        KeyValueCache.joined(
                                scope,
                                frames.stream().map(each -> each.vision.cache()).toList(),
                                textRoom)));
    }

    @Override
    public void close() {
        vision.close();
    }
}
