package dev.watchword.job.train;

import dev.watchword.job.questions.YardQuestion;

/**
 * A question with its answer as the network reads and writes them.
 *
 * @param ids of the question as a prompt has them behind the frames, and of the answer up to its end
 * @param answerAt where in the ids the answer begins
 */
record CodedQuestion(YardQuestion question, long[] ids, int answerAt) {}
