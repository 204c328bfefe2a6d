package dev.watchword.job.soak;

import dev.watchword.schemas.Status;
import java.util.List;
import java.util.Map;

/**
 * What became of all records.
 *
 * @param frames how many were sent
 * @param questions how many were asked, those about the standing ones included
 * @param answers how many came with which status, repeats left out
 * @param repeats how many came again
 * @param repeatsOfOtherFrames how many of these were about other frames than the first time: with
 *     at-least-once, frames and questions that are read again may come in another order
 * @param deadLetters how many records were set aside; all were good
 * @param lostFrames how many frames are in no history
 * @param lostQuestions how many questions have no answer
 * @param lostEvaluations how often a standing question was due and the job does not know of it, or
 *     its answer did not come
 * @param wrongStreams how many answers were about frames of another stream
 * @param wrongHistories how many answers were about frames that they cannot have been about
 * @param refused how many answers said that there is none; all questions were good
 * @param told what was lost or wrong, in words; not all of it where there is much
 */
public record LedgerSums(
        long frames,
        long questions,
        Map<Status, Long> answers,
        long repeats,
        long repeatsOfOtherFrames,
        long deadLetters,
        long lostFrames,
        long lostQuestions,
        long lostEvaluations,
        long wrongStreams,
        long wrongHistories,
        long refused,
        List<String> told) {
    /** How much was lost. */
    public long lost() {
        return lostFrames + lostQuestions + lostEvaluations + deadLetters;
    }

    /** How much was wrong. */
    public long wrong() {
        return wrongStreams + wrongHistories + refused;
    }
}
