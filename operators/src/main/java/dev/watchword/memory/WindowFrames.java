package dev.watchword.memory;

import java.util.List;

/**
 * The frames of a window, oldest first.
 *
 * @param capturedAt of each, in milliseconds since 1970
 * @param tokens of each
 */
public record WindowFrames(List<Long> sequences, List<Long> capturedAt, List<byte[]> tokens) {}
