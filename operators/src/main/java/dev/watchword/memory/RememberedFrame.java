package dev.watchword.memory;

import java.time.Instant;

/** A frame of the history. */
public record RememberedFrame(long sequence, Instant capturedAt) {}
