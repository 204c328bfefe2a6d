package dev.watchword.job.exam;

import java.util.List;
import java.util.function.IntFunction;

/** Who sits the exam. For one thread. */
public interface Examinee extends AutoCloseable {
    /**
     * Begins to watch a camera.
     *
     * @param stream its name; each is sat once
     * @param pictures its frames as JPEG files, by sequence, from 0
     */
    Sitting sit(String stream, IntFunction<byte[]> pictures);

    /**
     * Asks about several cameras together, of the frames that each has shown.
     *
     * @param sittings of this examinee, each of which has shown at least one frame
     * @return the likeliest answers, in the order of the questions
     */
    List<String> answerTogether(List<Sitting> sittings, List<String> questions)
            throws InterruptedException;

    @Override
    void close();

    /** What one camera shows, and questions about it. */
    interface Sitting extends AutoCloseable {
        /**
         * Shows the frames that come next.
         *
         * @param frames how many have been shown then; not fewer than before
         */
        void show(int frames) throws InterruptedException;

        /**
         * Asks about the frames that have been shown, of which there is at least one.
         *
         * @return the likeliest answers, in the order of the questions; what they rest on is named
         *     where they are answered from {@link View#HISTORY}
         * @throws IllegalArgumentException if this examinee cannot answer from such a view
         */
        List<Reply> answer(View view, List<String> questions) throws InterruptedException;

        /**
         * Asks about some of the frames that have been shown.
         *
         * @param from the first of them
         * @param to the one after the last
         * @return the likeliest answers, in the order of the questions
         */
        List<Reply> answerWithin(int from, int to, List<String> questions)
                throws InterruptedException;

        /**
         * Asks about the frames that have been shown, of which there is at least one, questions that
         * follow others.
         *
         * @return the likeliest answers, each behind the answer that was given to the question before
         *     it; in the order of the questions
         */
        List<String> answerFollowUps(List<FollowUp> questions) throws InterruptedException;

        @Override
        void close();
    }

    /**
     * Two questions of which the second follows the first.
     *
     * @param earlier the first
     */
    record FollowUp(String earlier, String question) {}
}
