package dev.watchword.operators;

import dev.watchword.engine.EncodedPicture;
import java.time.Instant;

/** A frame of which only its token and its features are left. */
public record EncodedFrame(String stream, long sequence, Instant capturedAt, EncodedPicture picture)
        implements EncodedEvent {}
