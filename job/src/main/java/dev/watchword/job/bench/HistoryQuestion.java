package dev.watchword.job.bench;

import dev.watchword.model.EncodedFrames;
import dev.watchword.model.FusedSum;
import dev.watchword.model.Generation;
import dev.watchword.model.KeyframeFusion;
import dev.watchword.model.LlavaMini;
import dev.watchword.model.Prefix;
import dev.watchword.model.Sampling;
import dev.watchword.model.text.Prompt;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.Arrays;
import java.util.Optional;

/**
 * A question about a history, up to the first token of its answer. A run of a hot one that has not
 * read its history yet does so first: the warm-up.
 */
final class HistoryQuestion implements Rival {
    private static final int ENCODED_TOGETHER = 16;
    private static final int ROOM = 32;

    /** What is there of the history when the question comes. */
    enum Mode {
        /** What the decoder has read of it, and its keyframes as pre-fusion left them. */
        HOT,
        /** Its tokens, as they are in state. */
        COLD,
        /** The features of all its frames: the question is fused with each of them. */
        PAPER
    }

    private final LlavaMini network;
    private final Mode mode;
    private final BenchHistory history;
    private Optional<Long> keptBytes = Optional.empty();

    HistoryQuestion(LlavaMini network, Mode mode, BenchHistory history) {
        this.network = network;
        this.mode = mode;
        this.history = history;
    }

    LlavaMini network() {
        return network;
    }

    Mode mode() {
        return mode;
    }

    int frames() {
        return history.frames();
    }

    /** The device's memory that the kept prefix took, before more frames came to it. */
    Optional<Long> keptBytes() {
        return keptBytes;
    }

    @Override
    public String name() {
        return "question about %d frames, %s, in %s"
                .formatted(frames(), mode, Setup.name(network.precision()));
    }

    @Override
    public void run(Lap lap) {
        switch (mode) {
            case HOT -> {
                Prefix kept = history.kept();
                askBehind(kept);
                keptBytes = keptBytes.or(() -> Optional.of(kept.bytes()));
            }
            case COLD -> {
                try (Prefix prefix = history.read();
                        TensorScope scope = network.newScope();
                        KeyframeFusion keyframes =
                                new KeyframeFusion(
                                        network,
                                        history.features(scope, history.keyframes()),
                                        weights())) {
                    ask(prefix, keyframes);
                }
            }
            case PAPER -> askAsThePaperDoes();
        }
        lap.ends();
    }

    private void askBehind(Prefix kept) {
        try (KeyframeFusion keyframes =
                new KeyframeFusion(network, history.keptKeyframes(), weights())) {
            ask(kept, keyframes);
        }
    }

    private void ask(Prefix prefix, KeyframeFusion keyframes) {
        try (TensorScope scope = network.newScope()) {
            Tensor behind = keyframes.behind(scope, history.prompt());
            try (Generation generation =
                    network.generateBehind(prefix, frames(), behind, Sampling.GREEDY, ROOM)) {
                generation.prefill(Integer.MAX_VALUE);
                generation.next();
            }
        }
    }

    private float[] weights() {
        float[] weights = new float[history.keyframes()];
        Arrays.fill(weights, 1F / weights.length);
        return weights;
    }

    private void askAsThePaperDoes() {
        Prompt prompt = history.prompt();
        try (TensorScope scope = network.newScope()) {
            FusedSum sum = new FusedSum(network, scope);
            for (int at = 0; at < frames(); at += ENCODED_TOGETHER) {
                int count = Math.min(ENCODED_TOGETHER, frames() - at);
                try (TensorScope step = network.newScope();
                        EncodedFrames encoded =
                                network.encode(
                                        step, history.features(step, count), prompt.ids().length)) {
                    sum.add(network.fuseText(step, encoded, prompt.ids()));
                }
            }
            Tensor vectors =
                    network.prompt(
                            scope,
                            sum.terms(),
                            sum.weights(),
                            history.tokens(scope),
                            prompt.place());
            try (Generation generation = network.generate(vectors, Sampling.GREEDY, ROOM)) {
                boolean read = false;
                while (!read) {
                    read = generation.prefill(history.slice());
                }
                generation.next();
            }
        }
    }
}
