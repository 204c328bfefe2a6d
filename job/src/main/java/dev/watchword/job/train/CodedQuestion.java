package dev.watchword.job.train;

import dev.watchword.job.questions.YardQuestion;
import java.util.List;

/**
 * A question with its answer as the network reads and writes them.
 *
 * @param ids of the question as a prompt has them behind the frames, and of the answer up to its end
 * @param answerAt where in the ids the answer begins
 * @param spared words that are not counted against the answer's first: the colours in which the thing
 *     is never shown
 * @param mentions where in the ids the question has named what happened
 */
record CodedQuestion(
        YardQuestion question,
        long[] ids,
        int answerAt,
        List<Long> spared,
        List<Mention> mentions) {
    /**
     * Something that happened.
     *
     * @param at the last of the ids that name it
     * @param second in which it happened
     */
    record Mention(int at, int second) {}
}
