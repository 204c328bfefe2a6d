package dev.watchword.job.bench;

import dev.watchword.model.EncodedFrames;
import dev.watchword.model.Generation;
import dev.watchword.model.KeyframeFusion;
import dev.watchword.model.LlavaMini;
import dev.watchword.model.ModelConfig;
import dev.watchword.model.Prefix;
import dev.watchword.model.Sampling;
import dev.watchword.model.text.Prompt;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.SplittableRandom;

/** One image, and a question about it, in the steps in which the job does it. */
final class ImageQuestion implements Rival {
    /** Part 0: from preprocessed pixels to the vision token. */
    static final int IMAGE = 0;

    /** Part 1: from the token and the features, as they lie in state, to the answer's first token. */
    static final int FIRST_TOKEN = 1;

    /** Part 2: the further tokens. */
    static final int DECODE = 2;

    private static final int PARTS = 3;

    private final LlavaMini network;
    private final AnswerPlan plan;
    private final Prompt prompt;
    private final Tensor pixels;

    /**
     * @param scope owns the image's pixels, which lie ready on the device
     */
    ImageQuestion(
            LlavaMini network,
            TensorScope scope,
            SplittableRandom random,
            Prompt prompt,
            AnswerPlan plan) {
        ModelConfig config = network.config();
        this.network = network;
        this.plan = plan;
        this.prompt = prompt;
        int side = config.vision().imageSize();
        int numbers = Math.multiplyExact(config.parts(), 3 * side * side);
        this.pixels =
                scope.floats(
                        RandomNumbers.floats(random, numbers), 1, config.parts(), 3, side, side);
    }

    /** How many tokens come after the first. */
    int furtherTokens() {
        return plan.answerTokens() - 1;
    }

    @Override
    public String name() {
        return "an image and a question about it";
    }

    @Override
    public int parts() {
        return PARTS;
    }

    @Override
    public void run(Lap lap) {
        try (TensorScope scope = network.newScope()) {
            Tensor features = network.features(scope, pixels).cast(network.precision());
            Tensor token = token(scope, features);
            lap.ends();
            answer(scope, features, token, lap);
        }
    }

    private Tensor token(TensorScope scope, Tensor features) {
        ModelConfig config = network.config();
        try (TensorScope step = network.newScope();
                EncodedFrames frames = network.encode(step, features, 0)) {
            return scope.bytes(
                    frames.visionTokens().toBytes(),
                    network.precision(),
                    1,
                    config.visionTokens(),
                    config.language().width());
        }
    }

    private void answer(TensorScope scope, Tensor features, Tensor token, Lap lap) {
        try (KeyframeFusion keyframe = new KeyframeFusion(network, features, new float[] {1});
                Prefix history = network.newPrefix(keyframe.front(scope, prompt.before()), 1)) {
            history.append(token);
            Tensor question = keyframe.behind(scope, prompt);
            try (Generation answer =
                    network.generateBehind(
                            history, 1, question, Sampling.GREEDY, plan.answerTokens())) {
                answer.prefill(Integer.MAX_VALUE);
                answer.next();
                lap.ends();
                for (int i = 0; i < furtherTokens(); i++) {
                    answer.next();
                }
                lap.ends();
            }
        }
    }
}
