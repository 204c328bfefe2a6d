package dev.watchword.operators;

import dev.watchword.schemas.Query;

/**
 * A query, for one of the streams that it names.
 *
 * @param stream the stream
 */
public record QueryEvent(String stream, Query query) implements StreamEvent, EncodedEvent {}
