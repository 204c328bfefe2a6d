package dev.watchword.job.train;

import dev.watchword.job.questions.YardQuestion;
import java.util.List;
import java.util.Optional;

/**
 * A question with its answer as the network reads and writes them.
 *
 * @param ids of the question as a prompt has them behind the frames, and of the answer up to its end
 * @param answerAt where in the ids the answer begins
 * @param spared words that are not counted against the answer's first: the colours in which the thing
 *     is never shown
 * @param doubted those of them, white and black, that are hardly counted against it instead
 * @param alsoRight the word that is as right as the answer's first, if there is one
 * @param mentions where in the ids the question has named what happened
 */
record CodedQuestion(
        YardQuestion question,
        long[] ids,
        int answerAt,
        List<Long> spared,
        List<Long> doubted,
        Optional<Long> alsoRight,
        List<Mention> mentions) {
    /**
     * Something that happened.
     *
     * @param at the last of the ids that name it
     * @param second in which it happened
     */
    record Mention(int at, int second) {}
}
