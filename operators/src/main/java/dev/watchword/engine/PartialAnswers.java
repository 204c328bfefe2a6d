package dev.watchword.engine;

/** Takes an answer while it is written. */
public interface PartialAnswers {
    /**
     * More of the answer is written. Called on the engine's device thread, so it must be short.
     *
     * @param part how often this was called, this time included
     * @param text all that is certain so far, and more than at the call before
     */
    void written(int part, String text);
}
