package dev.watchword.operators;

import java.io.Serializable;
import java.time.Duration;

/**
 * What questions about several streams together may take.
 *
 * @param bytes most bytes of tokens and features of all frames in one question's scope
 * @param questions most of them that may wait in one subtask
 * @param patience how long one waits for its streams
 */
public record CombineLimits(long bytes, int questions, Duration patience) implements Serializable {}
