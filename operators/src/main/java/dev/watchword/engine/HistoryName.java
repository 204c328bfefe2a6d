package dev.watchword.engine;

/**
 * Which history a prefix was read of. Two histories of one name have the same frames as far as both
 * go, and the same text in front of them.
 *
 * @param owner who keeps the history; see {@link Engine#newOwner}
 * @param stream whose frames they are
 * @param firstSequence of the first frame
 * @param anchor sequence of the keyframe with which the text in front of the frames is fused
 */
public record HistoryName(long owner, String stream, long firstSequence, long anchor) {}
