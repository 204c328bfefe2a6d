package dev.watchword.model.text;

/** An earlier question of a conversation, and its answer as a person reads it. */
public record Turn(String question, String answer) {}
