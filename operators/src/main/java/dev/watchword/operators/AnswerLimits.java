package dev.watchword.operators;

import java.io.Serializable;

/**
 * What a query may ask for.
 *
 * @param questionLength most characters of a question
 * @param defaultTokens most tokens of an answer to a query that does not say
 * @param mostTokens most tokens that a query may ask for
 * @param citedFrames how many frames an answer names on which it rested
 * @param pending most queries that may wait in one subtask
 * @param atOnce how many of them are with the engine at once
 * @param standing most questions that may stand on a stream
 * @param conversations how much of conversations is kept
 */
public record AnswerLimits(
        int questionLength,
        int defaultTokens,
        int mostTokens,
        int citedFrames,
        int pending,
        int atOnce,
        int standing,
        ConversationLimits conversations)
        implements Serializable {}
