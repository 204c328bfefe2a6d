package dev.watchword.job.demo;

import dev.watchword.job.questions.Family;
import dev.watchword.job.questions.Span;

/**
 * A question about some frames of a stream.
 *
 * @param frames their sequences; it is asked after the last of them
 * @param truth the answer that the yard's script gives
 * @param follows whether it is understood behind the question before it, of the same stream
 */
public record DemoQuestion(
        String stream, Span frames, Family family, String text, String truth, boolean follows) {}
