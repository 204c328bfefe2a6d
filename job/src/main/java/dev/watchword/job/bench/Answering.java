package dev.watchword.job.bench;

import dev.watchword.model.EncodedFrames;
import dev.watchword.model.Generation;
import dev.watchword.model.LlavaMini;
import dev.watchword.model.ModelConfig;
import dev.watchword.model.Sampling;
import dev.watchword.model.text.Prompt;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A question about a stream's history: from the history's vision tokens and its keyframes' features
 * to the last token of the answer, in three parts.
 */
final class Answering implements Rival {
    /** Part 0: encoding the keyframes, fusing the question with them, laying the prompt. */
    static final int FUSE = 0;

    /** Part 1: the decoder reading the prompt, up to the first token of the answer. */
    static final int PREFILL = 1;

    /** Part 2: the further tokens of the answer. */
    static final int DECODE = 2;

    private static final int PARTS = 3;

    private final LlavaMini network;
    private final int frames;
    private final AnswerPlan plan;
    private final int place;
    private final long[] ids;
    private final float[] weights;
    private final Tensor tokens;
    private final Tensor features;

    /**
     * @param scope owns the history, which lies ready on the device
     * @param frames how many frames the history has
     */
    Answering(
            LlavaMini network,
            TensorScope scope,
            SplittableRandom random,
            int frames,
            AnswerPlan plan) {
        ModelConfig config = network.config();
        this.network = network;
        this.frames = frames;
        this.plan = plan;
        this.place = plan.textTokens() / 2;
        this.ids =
                random.longs(plan.textTokens() + 1L, 1, config.language().vocabulary()).toArray();
        this.ids[place] = Prompt.FRAMES;
        this.weights = new float[Math.min(frames, plan.mostKeyframes())];
        Arrays.fill(weights, 1F / weights.length);
        this.tokens =
                numbers(scope, random, frames, config.visionTokens(), config.language().width());
        this.features =
                numbers(
                        scope,
                        random,
                        weights.length,
                        config.parts(),
                        config.vision().patches(),
                        config.vision().width());
    }

    private Tensor numbers(TensorScope scope, SplittableRandom random, int... shape) {
        int count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        long[] lengths = Arrays.stream(shape).asLongStream().toArray();
        try (TensorScope step = scope.child()) {
            return step.floats(RandomNumbers.floats(random, count), lengths)
                    .cast(network.precision())
                    .moveTo(scope);
        }
    }

    LlavaMini network() {
        return network;
    }

    /** How many frames the history has. */
    int frames() {
        return frames;
    }

    /** With how many of them the question is fused. */
    int keyframes() {
        return weights.length;
    }

    /** How many vectors the decoder reads before it answers. */
    int promptLength() {
        return plan.textTokens() + frames * network.config().visionTokens();
    }

    @Override
    public String name() {
        return "answer, history of %d, in %s".formatted(frames, Setup.name(network.precision()));
    }

    @Override
    public int parts() {
        return PARTS;
    }

    @Override
    public void run(Lap lap) {
        try (TensorScope scope = network.newScope()) {
            Tensor prompt = prompt(scope);
            lap.ends();
            try (Generation generation =
                    network.generate(prompt, Sampling.GREEDY, plan.answerTokens())) {
                boolean read = false;
                while (!read) {
                    read = generation.prefill(plan.prefillSlice());
                }
                generation.next();
                lap.ends();
                for (int token = 1; token < plan.answerTokens(); token++) {
                    generation.next();
                }
                lap.ends();
            }
        }
    }

    private Tensor prompt(TensorScope scope) {
        try (EncodedFrames keyframes = network.encode(scope, features, ids.length)) {
            Tensor fused = network.fuseText(scope, keyframes, ids);
            Tensor prompt = network.prompt(scope, fused, weights, tokens, place);
            CeilingScript.await(prompt);
            return prompt;
        }
    }
}
