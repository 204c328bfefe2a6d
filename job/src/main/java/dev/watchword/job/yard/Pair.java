package dev.watchword.job.yard;

/** A kind of thing in a colour: a red van. */
public record Pair(Colour colour, Kind kind) {}
