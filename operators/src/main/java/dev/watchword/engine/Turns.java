package dev.watchword.engine;

/**
 * Whose turn the device is where frames and answers both want it: after a batch of frames, answers
 * have as much time before the next one, so that neither takes more than half of it from the other. A
 * batch takes longer than a token of all answers: turn by turn, and not by time, answers would starve
 * where frames never end. For one thread at a time.
 */
final class Turns {
    private long owedNanos;

    /**
     * Whether the next batch of frames may be encoded.
     *
     * @param answering whether there are answers to work on; where there are none, what they had not
     *     used is forgotten
     */
    boolean framesMay(boolean answering) {
        if (!answering) {
            owedNanos = 0;
        }
        return owedNanos <= 0;
    }

    /** A batch of frames was encoded for so long. */
    void encoded(long nanos) {
        owedNanos = nanos;
    }

    /** Answers were worked on for so long. */
    void answered(long nanos) {
        owedNanos -= nanos;
    }
}
