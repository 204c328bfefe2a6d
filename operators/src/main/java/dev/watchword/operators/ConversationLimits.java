package dev.watchword.operators;

import java.io.Serializable;

/**
 * How much of conversations is kept.
 *
 * @param remembered how many answered questions a stream remembers that may be followed up
 * @param turns how many earlier questions and answers stand in front of a follow-up, at least 1
 */
public record ConversationLimits(int remembered, int turns) implements Serializable {}
