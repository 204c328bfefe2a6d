package dev.watchword.operators;

/** What comes in for a stream: a frame or a query, ordered against each other. */
public sealed interface StreamEvent permits FrameEvent, QueryEvent {
    /** The stream that it concerns; the key of both operators. */
    String stream();
}
