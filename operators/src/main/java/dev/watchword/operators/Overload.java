package dev.watchword.operators;

/** What is done when frames come faster than the engine encodes them. */
public enum Overload {
    /** No more is read until there is room: the records wait in Kafka, and none is left out. */
    WAIT,
    /** Frames are left out, of every stream as large a part of them, so that answers stay current. */
    THIN
}
