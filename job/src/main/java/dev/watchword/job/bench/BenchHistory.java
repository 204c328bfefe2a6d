package dev.watchword.job.bench;

import dev.watchword.model.EncodedFrames;
import dev.watchword.model.KeyframeFusion;
import dev.watchword.model.LlavaMini;
import dev.watchword.model.ModelConfig;
import dev.watchword.model.Prefix;
import dev.watchword.model.text.Prompt;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A history of random tokens as it lies in state, what the decoder has read of it and pre-fusion made of
 * its keyframes, and a question about it.
 */
final class BenchHistory implements AutoCloseable {
    /** Other frames' features are repeats of so many: features do not change how long it takes. */
    private static final int DIFFERENT_FEATURES = 16;

    private final LlavaMini network;
    private final AnswerPlan plan;
    private final Prompt prompt;
    private final List<byte[]> tokens = new ArrayList<>();
    private final List<byte[]> features = new ArrayList<>();
    private final int frames;
    private Optional<Prefix> kept = Optional.empty();
    private final TensorScope scope;
    private final List<EncodedFrames> keptKeyframes = new ArrayList<>();

    BenchHistory(LlavaMini network, SplittableRandom random, int frames, AnswerPlan plan) {
        this.network = network;
        this.plan = plan;
        this.frames = frames;
        this.scope = network.newScope();
        ModelConfig config = network.config();
        int vocabulary = config.language().vocabulary();
        int before = plan.textTokens() / 2;
        this.prompt =
                new Prompt(
                        random.longs(before, 1, vocabulary).toArray(),
                        random.longs(plan.textTokens() - before, 1, vocabulary).toArray());
        for (int i = 0; i < frames; i++) {
            tokens.add(bytes(random, config.visionTokens() * config.language().width()));
        }
        for (int i = 0; i < Math.min(DIFFERENT_FEATURES, frames); i++) {
            features.add(
                    bytes(
                            random,
                            config.parts() * config.vision().patches() * config.vision().width()));
        }
    }

    private byte[] bytes(SplittableRandom random, int count) {
        try (TensorScope scope = network.newScope()) {
            return scope.floats(RandomNumbers.floats(random, count), count)
                    .cast(network.precision())
                    .toBytes();
        }
    }

    int frames() {
        return frames;
    }

    /** Has the decoder read all frames. The caller closes what it gets. */
    Prefix read() {
        try (TensorScope scope = network.newScope()) {
            Prefix prefix = network.newPrefix(front(scope), frames);
            prefix.append(tokens(scope));
            return prefix;
        }
    }

    /** What is read once and kept; more frames may have been read behind these since. */
    Prefix kept() {
        if (kept.isEmpty()) {
            kept = Optional.of(read());
        }
        return kept.get();
    }

    /**
     * The keyframes as pre-fusion left them, fused with the text in front where the job would. They are
     * encoded once and kept.
     */
    List<EncodedFrames> keptKeyframes() {
        if (keptKeyframes.isEmpty()) {
            try (TensorScope step = network.newScope();
                    EncodedFrames all =
                            network.encode(
                                    step, features(step, keyframes()), prompt.before().length)) {
                if (network.config().fusesOlderFrames()) {
                    network.fuseFront(step, all, prompt.before());
                }
                for (int i = 0; i < keyframes(); i++) {
                    keptKeyframes.add(all.frame(scope, i));
                }
            }
        }
        return List.copyOf(keptKeyframes);
    }

    /** Keeps what was kept no longer. */
    void drop() {
        kept.ifPresent(Prefix::close);
        kept = Optional.empty();
        keptKeyframes.forEach(EncodedFrames::close);
        keptKeyframes.clear();
    }

    int slice() {
        return plan.prefillSlice();
    }

    /** With how many keyframes a question is fused, as the job would. */
    int keyframes() {
        return network.config().fusesOlderFrames() ? Math.min(frames, plan.mostKeyframes()) : 1;
    }

    Prompt prompt() {
        return prompt;
    }

    /** The features of so many frames [F, parts, P, Dv]. */
    Tensor features(TensorScope scope, int count) {
        List<byte[]> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(features.get(i % features.size()));
        }
        return network.keptFeatures(scope, some);
    }

    /** The tokens of all frames [F, Q, D]. */
    Tensor tokens(TensorScope scope) {
        return network.keptTokens(scope, tokens);
    }

    /** The text in front of the frames, fused with one of them [L, D]. */
    private Tensor front(TensorScope scope) {
        try (KeyframeFusion anchor =
                new KeyframeFusion(network, features(scope, 1), new float[] {1})) {
            return anchor.front(scope, prompt.before());
        }
    }

    /** The tokens of some more frames [F, Q, D]. */
    Tensor next(TensorScope scope, int count) {
        return network.keptTokens(scope, Collections.nCopies(count, tokens.get(0)));
    }

    @Override
    public void close() {
        drop();
        scope.close();
    }
}
