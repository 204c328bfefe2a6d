package dev.watchword.job.exam;

import dev.watchword.engine.PictureReader;
import dev.watchword.engine.PictureSource;
import dev.watchword.engine.UnusablePictureException;
import dev.watchword.memory.FusionPlan;
import dev.watchword.memory.Keyframe;
import dev.watchword.memory.KeyframePolicy;
import dev.watchword.memory.Lookalike;
import dev.watchword.model.EncodedFrames;
import dev.watchword.model.KeyframeFusion;
import dev.watchword.model.LlavaMini;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * What is kept of one stream's frames: the tokens of all and the features of the keyframes, as the
 * job keeps them.
 */
final class FrameStore {
    private final LlavaMini network;
    private final PictureReader reader;
    private final KeyframePolicy policy;
    private final String stream;
    private final IntFunction<byte[]> pictures;
    private final int batch;

    private final List<byte[]> tokens = new ArrayList<>();
    private final TreeMap<Long, byte[]> features = new TreeMap<>();

    /**
     * @param pictures JPEG files by sequence, from 0
     * @param batch how many are encoded at once
     */
    FrameStore(
            LlavaMini network,
            PictureReader reader,
            KeyframePolicy policy,
            String stream,
            IntFunction<byte[]> pictures,
            int batch) {
        this.network = network;
        this.reader = reader;
        this.policy = policy;
        this.stream = stream;
        this.pictures = pictures;
        this.batch = batch;
    }

    /** Takes the frames that come next, until there are so many. */
    void show(int frames) throws InterruptedException {
        while (tokens.size() < frames) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            List<float[]> pixels = new ArrayList<>();
            int end = Math.min(frames, tokens.size() + batch);
            for (int sequence = tokens.size(); sequence < end; sequence++) {
                pixels.add(pixels(pictures.apply(sequence)));
            }
            encode(pixels);
        }
    }

    /** Takes a frame that is preprocessed already. */
    void show(float[] pixels) {
        encode(List.of(pixels));
    }

    private float[] pixels(byte[] picture) {
        try {
            return reader.pixels(new PictureSource.Inline(picture));
        } catch (UnusablePictureException e) {
            throw new IllegalStateException("A picture of the exam cannot be read", e);
        }
    }

    private void encode(List<float[]> pixels) {
        try (TensorScope scope = network.newScope()) {
            Tensor all = network.features(scope, network.pixels(scope, pixels));
            try (EncodedFrames encoded = network.encode(scope, all, 0)) {
                Tensor kept = all.cast(network.precision());
                for (int frame = 0; frame < pixels.size(); frame++) {
                    add(
                            encoded.visionTokens().part(0, frame, 1).toBytes(),
                            kept.part(0, frame, 1).toBytes());
                }
            }
        }
    }

    private void add(byte[] token, byte[] feature) {
        features.put((long) tokens.size(), feature);
        tokens.add(token);
        List<Long> kept =
                policy.keep(stream, keyframes(), tokens.size()).stream()
                        .map(Keyframe::sequence)
                        .toList();
        features.keySet().retainAll(kept);
    }

    /** A frame's sequence is its number, for none is dropped. */
    private List<Keyframe> keyframes() {
        return features.keySet().stream()
                .map(sequence -> new Keyframe(sequence, sequence))
                .toList();
    }

    /** How many frames there are. */
    int frames() {
        return tokens.size();
    }

    /** The keyframe with which the text in front of the newest frames is fused. */
    long anchor(int newest) {
        return anchorWithin(frames() - newest, frames());
    }

    /** With which keyframes a question about the newest frames is fused. */
    FusionPlan plan(int newest) {
        return planWithin(frames() - newest, frames());
    }

    /** With which keyframes a question about some frames is fused. */
    FusionPlan planWithin(int from, int to) {
        FusionPlan plan = unshared(from, to);
        double share = network.config().newestShare();
        return share == 0 ? plan : plan.withShare(lookalike(to - 1), share);
    }

    private long lookalike(int frame) {
        List<Long> keyframes = List.copyOf(features.keySet());
        return Lookalike.of(
                frame,
                keyframes,
                sequence -> network.precision().numbers(tokens.get((int) sequence)));
    }

    /** The keyframe with which the text in front of some frames is fused. */
    long anchorWithin(int from, int to) {
        return policy.anchor(stream, unshared(from, to), planWithin(from, to));
    }

    private FusionPlan unshared(int from, int to) {
        return FusionPlan.of(policy, stream, keyframes(), frames(), from, to - from);
    }

    /** The tokens of some frames, oldest first [F, Q, D]. */
    Tensor tokensWithin(TensorScope scope, int from, int to) {
        return network.keptTokens(scope, tokens.subList(from, to));
    }

    /** Text that is fused with one keyframe. */
    KeyframeFusion fusion(TensorScope scope, long keyframe) {
        return new KeyframeFusion(network, features(scope, List.of(keyframe)), new float[] {1});
    }

    /** Text that is fused with keyframes, as a plan weighs them. */
    KeyframeFusion fusion(TensorScope scope, FusionPlan plan) {
        float[] weights = new float[plan.weights().size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = plan.weights().get(i).floatValue();
        }
        return new KeyframeFusion(network, features(scope, plan.keyframes()), weights);
    }

    /** The features of keyframes, in their order [F', parts, P, Dv]. */
    private Tensor features(TensorScope scope, List<Long> keyframes) {
        return network.keptFeatures(scope, keyframes.stream().map(features::get).toList());
    }

    /** The tokens of the newest frames, oldest first [F, Q, D]. */
    Tensor tokens(TensorScope scope, int newest) {
        return tokensWithin(scope, frames() - newest, frames());
    }
}
