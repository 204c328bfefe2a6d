package dev.watchword.model;

import dev.watchword.model.text.Prompt;
import dev.watchword.model.text.TextModel;
import dev.watchword.tensor.Tensor;

/**
 * A history of frames that answers one question after the other, and reads the frames only once.
 * Each answer is the one that {@link DirectAnswer} gives to its question alone. For one thread at a
 * time.
 */
public final class FrameHistory implements AutoCloseable {
    private final LlavaMini network;
    private final TextModel text;
    private final ReadFrames frames;
    private final long count;

    private FrameHistory(LlavaMini network, TextModel text, ReadFrames frames, long count) {
        this.network = network;
        this.text = text;
        this.frames = frames;
        this.count = count;
    }

    /**
     * Reads frames.
     *
     * @param keyframeFeatures {@link LlavaMini#features} of those frames with which questions are
     *     fused [F', parts, P, Dv]
     * @param weights how much each of the F' frames counts in the mean; together 1
     * @param tokens the vision tokens of all frames, oldest first [F, Q, D], in the network's
     *     precision
     * @throws IllegalArgumentException if there is no frame, or a weight too many or too few, or
     *     the model cannot hold so many frames
     */
    public static FrameHistory of(
            LlavaMini network,
            TextModel text,
            Tensor keyframeFeatures,
            float[] weights,
            Tensor tokens) {
        if (tokens.size(0) == 0 || weights.length == 0) {
            throw new IllegalArgumentException("There is no frame to answer from.");
        }
        if (keyframeFeatures.size(0) != weights.length) {
            throw new IllegalArgumentException(
                    "There are %d keyframes and %d weights."
                            .formatted(keyframeFeatures.size(0), weights.length));
        }
        Prompt empty = text.prompt("");
        AnswerWriter.requireRoom(network.config(), tokens.size(0), empty, 1);
        return new FrameHistory(
                network,
                text,
                new ReadFrames(network, keyframeFeatures, weights, tokens, empty.before()),
                tokens.size(0));
    }

    /**
     * Answers with the likeliest tokens.
     *
     * @param maxTokens after so many tokens the answer is cut
     * @throws IllegalArgumentException if the model cannot hold frames, question and answer
     */
    public String answer(String question, int maxTokens) {
        Prompt prompt = text.prompt(question);
        AnswerWriter.requireRoom(network.config(), count, prompt, maxTokens);
        StringBuilder answer = new StringBuilder();
        try (Generation generation = frames.ask(prompt, Sampling.GREEDY)) {
            AnswerWriter.write(generation, text, maxTokens, answer::append);
        }
        return answer.toString();
    }

    @Override
    public void close() {
        frames.close();
    }
}
