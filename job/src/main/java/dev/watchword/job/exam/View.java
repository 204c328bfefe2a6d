package dev.watchword.job.exam;

/** From what a question is answered. */
public enum View {
    /** All frames that were shown. */
    HISTORY,
    /** The last frame alone. */
    LAST_FRAME,
    /** One token in the place of all: their mean. */
    MEAN,
    /** A grey picture: what the question itself gives away. */
    BLIND
}
