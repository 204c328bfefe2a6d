package dev.watchword.job.bench;

/**
 * What kind of answer is measured.
 *
 * @param textTokens tokens of the prompt's text
 * @param answerTokens tokens that are generated, whichever they are
 * @param mostKeyframes the question is fused with so many keyframes, or all frames if fewer
 * @param prefillSlice how many vectors of the prompt are read at once
 */
public record AnswerPlan(int textTokens, int answerTokens, int mostKeyframes, int prefillSlice) {
    public AnswerPlan {
        if (textTokens < 1 || answerTokens < 2 || mostKeyframes < 1 || prefillSlice < 1) {
            throw new IllegalArgumentException(
                    "An answer has a text and at least 2 tokens, and needs a keyframe.");
        }
    }
}
