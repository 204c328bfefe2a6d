package dev.watchword.model;

import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the network makes of frames before any question is known, and of the text with which every
 * question begins, where {@link LlavaMini#fuseFront} was called. Any number of questions may be fused
 * with it, one after the other.
 */
public final class EncodedFrames implements AutoCloseable {
    private final Tensor compressed;
    private final Tensor attention;
    private final PreFusion.Vision vision;
    private final int visionLength;
    private Optional<Front> front;

    /**
     * Text that was fused with the frames once, for every text that begins with it. Its keys and values
     * stand behind those of the vision.
     *
     * @param ids its token ids
     * @param fused [F, L, D]
     */
    record Front(long[] ids, Tensor fused) {
        /** Whether a longer text begins with it. */
        boolean begins(long[] text) {
            return text.length > ids.length
                    && Arrays.equals(ids, 0, ids.length, text, 0, ids.length);
        }
    }

    EncodedFrames(Tensor compressed, Tensor attention, PreFusion.Vision vision) {
        this(compressed, attention, vision, vision.cache().length(), Optional.empty());
    }

    private EncodedFrames(
            Tensor compressed,
            Tensor attention,
            PreFusion.Vision vision,
            int visionLength,
            Optional<Front> front) {
        this.compressed = compressed;
        this.attention = attention;
        this.vision = vision;
        this.visionLength = visionLength;
        this.front = front;
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

    /** The bytes of the device's memory that are needed for text to be fused with them. */
    public long bytes() {
        return vision.cache().bytes() + front.map(each -> bytes(each.fused())).orElse(0L);
    }

    private static long bytes(Tensor tensor) {
        return tensor.bytesOfNumber()
                * Arrays.stream(tensor.shape()).reduce(1, Math::multiplyExact);
    }

    /** Keeps the text that was fused last, for all that begin with it. */
    void keepFront(Front text) {
        front = Optional.of(text);
    }

    /** What is fused already of a text; what is not its beginning is forgotten. */
    Optional<Front> frontOf(long[] text) {
        front = front.filter(each -> each.begins(text));
        forgetText();
        return front;
    }

    /** Forgets the text behind what is kept in front. */
    void forgetText() {
        vision.cache().truncate(visionLength + length(front));
    }

    private static int length(Optional<Front> front) {
        return front.map(each -> each.ids().length).orElse(0);
    }

    /** A copy of one of the frames, which shares no memory with the others. */
    public EncodedFrames frame(TensorScope scope, int index) {
        return new EncodedFrames(
                copy(scope, compressed, index),
                copy(scope, attention, index),
                new PreFusion.Vision(
                        copy(scope, visionTokens(), index),
                        vision.cache().copyOf(scope, index, count())),
                visionLength,
                front.map(each -> new Front(each.ids(), copy(scope, each.fused(), index))));
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
        Optional<Front> front = commonFront(scope, frames);
        int visionLength = frames.get(0).visionLength;
        int filled = visionLength + length(front);
        return new EncodedFrames(
                scope.join(frames.stream().map(EncodedFrames::compressed).toList(), 0),
                scope.join(frames.stream().map(EncodedFrames::attention).toList(), 0),
                new PreFusion.Vision(
                        scope.join(frames.stream().map(EncodedFrames::visionTokens).toList(), 0),
                        KeyValueCache.joined(
                                scope,
                                frames.stream().map(each -> each.vision.cache()).toList(),
                                filled,
                                textRoom)),
                visionLength,
                front);
    }

    /** The text in front that is fused with all of some frames. */
    private static Optional<Front> commonFront(TensorScope scope, List<EncodedFrames> frames) {
        List<Front> fronts = frames.stream().flatMap(each -> each.front.stream()).toList();
        if (fronts.size() < frames.size()) {
            return Optional.empty();
        }
        long[] ids = fronts.get(0).ids();
        if (!fronts.stream().allMatch(each -> Arrays.equals(each.ids(), ids))) {
            return Optional.empty();
        }
        Tensor fused = scope.join(fronts.stream().map(Front::fused).toList(), 0);
        return Optional.of(new Front(ids, fused));
    }

    @Override
    public void close() {
        vision.close();
    }
}
