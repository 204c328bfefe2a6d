package dev.watchword.model;

import dev.watchword.model.text.Prompt;
import dev.watchword.model.text.TextModel;
import dev.watchword.model.text.Turn;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.Arrays;
import java.util.List;

/**
 * A history of frames that answers one question after the other, and reads each frame only once. For
 * one thread at a time.
 */
public final class FrameHistory implements AutoCloseable {
    private static final int ANSWER_ROOM = 64;

    private final LlavaMini network;
    private final TextModel text;
    private final long[] before;
    private final Prefix prefix;
    private KeyframeFusion keyframes;

    /**
     * Begins a history without frames.
     *
     * @param front with which the text in front of the frames is fused, and the questions, until
     *     {@link #fuseWith} says otherwise; closed by the history
     */
    public FrameHistory(LlavaMini network, TextModel text, KeyframeFusion front) {
        this(network, text, front, text.prompt("").before());
    }

    FrameHistory(LlavaMini network, TextModel text, KeyframeFusion front, long[] before) {
        this.network = network;
        this.text = text;
        this.before = before.clone();
        this.keyframes = front;
        try (TensorScope step = network.newScope()) {
            this.prefix = network.newPrefix(front.front(step, before), 0);
        } catch (RuntimeException e) {
            front.close();
            throw e;
        }
    }

    /**
     * Reads frames.
     *
     * @param keyframeFeatures {@link LlavaMini#features} of those frames with which all text is fused
     *     [F', parts, P, Dv]
     * @param weights how much each of the F' frames counts in the mean; together 1
     * @param tokens the vision tokens of all frames, oldest first [F, Q, D], in the network's
     *     precision
     * @return a history that gives to each question the answer that {@link DirectAnswer} gives
     * @throws IllegalArgumentException if there is no frame, or a weight too many or too few, or
     *     the model cannot hold so many frames
     */
    public static FrameHistory of(
            LlavaMini network,
            TextModel text,
            Tensor keyframeFeatures,
            float[] weights,
            Tensor tokens) {
        if (tokens.size(0) == 0) {
            throw new IllegalArgumentException("There is no frame to answer from.");
        }
        KeyframeFusion keyframes = new KeyframeFusion(network, keyframeFeatures, weights);
        FrameHistory history = new FrameHistory(network, text, keyframes);
        try {
            history.append(tokens);
        } catch (RuntimeException e) {
            history.close();
            throw e;
        }
        return history;
    }

    /** How many frames it has. */
    public int frames() {
        return prefix.frames();
    }

    /**
     * Reads the next frames.
     *
     * @param tokens their vision tokens, oldest first [F, Q, D], in the network's precision
     * @throws IllegalArgumentException if the model cannot hold so many frames
     */
    public void append(Tensor tokens) {
        long frames = prefix.frames() + tokens.size(0);
        AnswerWriter.requireRoom(network.config(), frames, new Prompt(before, new long[0]), 1);
        prefix.append(tokens);
    }

    /** Fuses later questions with other frames, which are closed by the history. */
    public void fuseWith(KeyframeFusion other) {
        keyframes.close();
        keyframes = other;
    }

    /**
     * Answers with the likeliest tokens.
     *
     * @param maxTokens after so many tokens the answer is cut
     * @throws IllegalArgumentException if the model cannot hold frames, question and answer
     */
    public String answer(String question, int maxTokens) {
        return answer(question, maxTokens, false).text();
    }

    /**
     * Answers a question that follows others, as {@link #answer} does.
     *
     * @param earlier what was asked and answered before, oldest first
     */
    public String answerFollowing(List<Turn> earlier, String question, int maxTokens) {
        try (Written written = write(text.prompt(earlier, question), maxTokens)) {
            return written.text;
        }
    }

    /**
     * An answer with what it rested on.
     *
     * @param shares of each frame, see {@link Prefix#evidence}
     */
    public record Cited(String text, float[] shares) {}

    /** Answers as {@link #answer} does, and says on which frames the answer rested. */
    public Cited answerCiting(String question, int maxTokens) {
        return answer(question, maxTokens, true);
    }

    private Cited answer(String question, int maxTokens, boolean citing) {
        try (Written written = write(text.prompt(question), maxTokens)) {
            float[] shares =
                    citing
                            ? prefix.evidence(prefix.frames(), written.generation, written.tokens)
                            : new float[prefix.frames()];
            return new Cited(written.text, shares);
        }
    }

    /**
     * An answer with what each head of the decoder looked at.
     *
     * @param attention for each head, numbered through all layers, how much it looked at each frame
     */
    public record Watched(String text, float[][] attention) {}

    /** Answers as {@link #answer} does, and tells what each head of the decoder looked at. */
    public Watched answerWatched(String question, int maxTokens) {
        try (Written written = write(text.prompt(question), maxTokens)) {
            return new Watched(
                    written.text,
                    prefix.attention(prefix.frames(), written.generation, written.tokens));
        }
    }

    /** An answer, and the generation that wrote it. */
    private record Written(Generation generation, String text, List<Integer> tokens)
            implements AutoCloseable {
        @Override
        public void close() {
            generation.close();
        }
    }

    private Written write(Prompt prompt, int maxTokens) {
        AnswerWriter.requireRoom(network.config(), prefix.frames(), prompt, maxTokens);
        StringBuilder answer = new StringBuilder();
        Generation generation = ask(prompt, Sampling.GREEDY);
        try {
            List<Integer> tokens =
                    AnswerWriter.write(generation, text, maxTokens, answer::append).tokens();
            return new Written(generation, answer.toString(), tokens);
        } catch (RuntimeException e) {
            generation.close();
            throw e;
        }
    }

    /**
     * Begins the answer to a question.
     *
     * @throws IllegalArgumentException if the prompt does not begin with the text that was read
     */
    Generation ask(Prompt prompt, Sampling sampling) {
        if (!Arrays.equals(prompt.before(), before)) {
            throw new IllegalArgumentException(
                    "The text in front of the frames is not the one that was read.");
        }
        try (TensorScope step = network.newScope()) {
            Tensor behind = keyframes.behind(step, prompt);
            return network.generateBehind(prefix, prefix.frames(), behind, sampling, ANSWER_ROOM);
        }
    }

    @Override
    public void close() {
        prefix.close();
        keyframes.close();
    }
}
