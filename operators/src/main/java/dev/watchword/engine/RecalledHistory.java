package dev.watchword.engine;

/**
 * A history that the engine has kept, held for one question: it is not dropped before the question
 * is answered. To be passed to {@link Engine#answer} once, or else to be {@link #release}d.
 */
public interface RecalledHistory {
    /** Lets the engine drop the history again. */
    void release();
}
