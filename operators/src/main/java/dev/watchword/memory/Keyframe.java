package dev.watchword.memory;

/**
 * A frame whose features are kept.
 *
 * @param number how many frames of the history came before it, those dropped since included
 */
public record Keyframe(long sequence, long number) {}
