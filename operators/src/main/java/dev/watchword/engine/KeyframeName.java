package dev.watchword.engine;

/**
 * Which frame a keyframe is. Keyframes of one name have the same features.
 *
 * @param owner who keeps the history; see {@link Engine#newOwner}
 */
public record KeyframeName(long owner, String stream, long sequence) {}
