package dev.watchword.job.exam;

import java.util.OptionalLong;

/**
 * What an examinee says to a question.
 *
 * @param text the answer
 * @param cited the frame, by its sequence, on which it rests most; empty if no frame is named
 */
public record Reply(String text, OptionalLong cited) {}
