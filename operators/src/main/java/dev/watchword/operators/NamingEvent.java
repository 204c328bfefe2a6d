package dev.watchword.operators;

import dev.watchword.schemas.Query;

/** What {@link NameStreams} is told. */
public sealed interface NamingEvent {
    /** A stream has frames; told now and then while they come. */
    record KnownStream(String name) implements NamingEvent {}

    /** A query names its streams by patterns, or is to be answered from several streams together. */
    record OpenQuery(Query query) implements NamingEvent {}
}
