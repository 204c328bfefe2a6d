package dev.watchword.model;

import dev.watchword.tensor.Tensor;

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

    @Override
    public void close() {
        vision.close();
    }
}
