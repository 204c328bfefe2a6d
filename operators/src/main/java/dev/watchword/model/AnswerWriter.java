package dev.watchword.model;

import dev.watchword.model.text.AnswerText;
import dev.watchword.model.text.Prompt;
import dev.watchword.model.text.TextModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Writes an answer to its end, for those who need not stop in between. */
final class AnswerWriter {
    private AnswerWriter() {}

    /**
     * How an answer ended.
     *
     * @param tokens that were generated
     * @param cut whether it was cut at the limit of tokens
     */
    record Written(List<Integer> tokens, boolean cut) {}

    /**
     * Reads the prompt and writes the answer.
     *
     * @param onText takes the answer piece by piece as it is made
     */
    static Written write(
            Generation generation, TextModel text, int maxTokens, Consumer<String> onText) {
        generation.prefill(Integer.MAX_VALUE);
        AnswerText answer = text.newAnswer();
        boolean stopped = false;
        List<Integer> tokens = new ArrayList<>();
        while (!stopped && tokens.size() < maxTokens) {
            int token = generation.next();
            stopped = text.stops(token);
            if (!stopped) {
                onText.accept(answer.append(token));
                tokens.add(token);
            }
        }
        onText.accept(answer.finish());
        return new Written(tokens, !stopped);
    }

    /**
     * Checks that the model can hold frames, question and answer.
     *
     * @throws IllegalArgumentException if it cannot
     */
    static void requireRoom(ModelConfig config, long frames, Prompt prompt, int maxTokens) {
        long needed = prompt.length() + frames * config.visionTokens() + maxTokens;
        int most = config.language().maxPositions();
        if (needed > most) {
            throw new IllegalArgumentException(
                    "%d frames, the question and the answer take %d tokens, and the model holds %d."
                            .formatted(frames, needed, most));
        }
    }
}
