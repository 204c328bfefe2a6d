package dev.watchword.job.soak;

/**
 * A question, and what its answer may be about.
 *
 * @param frames the first frames of the stream that were safe when it was asked: in a checkpoint from
 *     which nothing goes back
 * @param last how many frames it is about at most: the newest; {@link Long#MAX_VALUE} if all
 * @param askedAt when, in nanoseconds
 */
record AskedQuestion(String id, int stream, Kind kind, long frames, long last, long askedAt) {
    /** What is asked. */
    enum Kind {
        /** About all frames, or the last, that have come. */
        OPEN,
        /** About exactly the frames that were safe. */
        SETTLED,
        /** About all frames at every so many of them, as long as the stream goes on. */
        STANDING,
        /** Which questions stand. */
        LIST
    }
}
