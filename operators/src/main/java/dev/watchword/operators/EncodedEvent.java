package dev.watchword.operators;

/** What goes from encoding to answering: a frame's token, or a query that came between frames. */
public sealed interface EncodedEvent permits EncodedFrame, QueryEvent {
    /** The stream that it concerns. */
    String stream();
}
