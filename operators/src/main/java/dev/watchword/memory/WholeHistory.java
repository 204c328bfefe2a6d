package dev.watchword.memory;

import java.util.List;

/**
 * All frames of a stream.
 *
 * @param tokens oldest first
 * @param lastSequence of the last
 */
public record WholeHistory(List<byte[]> tokens, long lastSequence) {}
