package dev.watchword.model;

import dev.watchword.model.text.Prompt;
import dev.watchword.model.text.TextModel;
import dev.watchword.model.text.Turn;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Answers a question about pictures that are all at hand, as the public code does: the question is
 * fused with every frame. For one thread at a time.
 */
public final class DirectAnswer {
    private static final int FRAMES_AT_ONCE = 8;

    private final LlavaMini network;
    private final TextModel text;

    /**
     * How an answer ended.
     *
     * @param frames how many frames it is about
     * @param tokens how many tokens were generated
     * @param cut whether it was cut at the limit of tokens
     */
    public record Result(int frames, int tokens, boolean cut) {}

    public DirectAnswer(LlavaMini network, TextModel text) {
        this.network = network;
        this.text = text;
    }

    /**
     * Answers.
     *
     * @param frames preprocessed pictures [parts, 3, S, S], at least one
     * @param onText takes the answer piece by piece as it is made
     * @throws IllegalArgumentException if there is no frame, or the model cannot hold so many
     */
    public Result answer(
            Iterator<float[]> frames,
            String question,
            Sampling sampling,
            int maxTokens,
            Consumer<String> onText) {
        return answer(frames, List.of(), question, sampling, maxTokens, onText);
    }

    /**
     * Answers a question that follows others.
     *
     * @param frames preprocessed pictures [parts, 3, S, S], at least one
     * @param earlier oldest first
     * @param onText takes the answer piece by piece as it is made
     * @throws IllegalArgumentException if there is no frame, or the model cannot hold so many
     */
    public Result answer(
            Iterator<float[]> frames,
            List<Turn> earlier,
            String question,
            Sampling sampling,
            int maxTokens,
            Consumer<String> onText) {
        Prompt prompt = text.prompt(earlier, question);
        try (TensorScope scope = network.newScope()) {
            List<Tensor> tokens = new ArrayList<>();
            FusedSum sum = new FusedSum(network, scope);
            int count = 0;
            while (frames.hasNext()) {
                List<float[]> batch = take(frames);
                encode(scope, batch, prompt, tokens, sum);
                count += batch.size();
            }
            if (count == 0) {
                throw new IllegalArgumentException("There is no frame to answer from.");
            }
            AnswerWriter.requireRoom(network.config(), count, prompt, maxTokens);
            Tensor vectors =
                    network.prompt(
                            scope,
                            sum.terms(),
                            sum.weights(),
                            scope.join(tokens, 0),
                            prompt.place());
            try (Generation generation = network.generate(vectors, sampling, maxTokens)) {
                AnswerWriter.Written written =
                        AnswerWriter.write(generation, text, maxTokens, onText);
                return new Result(count, written.tokens().size(), written.cut());
            }
        }
    }

    private static List<float[]> take(Iterator<float[]> frames) {
        List<float[]> batch = new ArrayList<>();
        while (frames.hasNext() && batch.size() < FRAMES_AT_ONCE) {
            batch.add(frames.next());
        }
        return batch;
    }

    private void encode(
            TensorScope scope,
            List<float[]> batch,
            Prompt prompt,
            List<Tensor> tokens,
            FusedSum sum) {
        try (TensorScope step = network.newScope()) {
            Tensor features = network.features(step, network.pixels(step, batch));
            try (EncodedFrames encoded = network.encode(step, features, prompt.ids().length)) {
                Tensor fused = network.fuseText(step, encoded, prompt.ids());
                sum.add(fused);
                tokens.add(encoded.visionTokens().moveTo(scope));
            }
        }
    }
}
