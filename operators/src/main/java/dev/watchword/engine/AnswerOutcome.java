package dev.watchword.engine;

import java.time.Duration;

/** What became of a question in the engine. */
public sealed interface AnswerOutcome {
    /**
     * An answer.
     *
     * @param text as the person reads it, without control tokens
     * @param tokens how many were generated
     * @param cut whether it was cut at the limit of tokens
     */
    record Answered(String text, int tokens, boolean cut, Times times) implements AnswerOutcome {}

    /** The question cannot be answered as it is; the reason says what to change. */
    record Refused(String reason) implements AnswerOutcome {}

    /** The deadline passed first. */
    record Expired() implements AnswerOutcome {}

    /**
     * When things were done, since the engine took the question.
     *
     * @param begun until work began
     * @param fused until the question was fused with the frames
     * @param firstToken until the first token
     * @param total until the last
     */
    record Times(Duration begun, Duration fused, Duration firstToken, Duration total) {}
}
