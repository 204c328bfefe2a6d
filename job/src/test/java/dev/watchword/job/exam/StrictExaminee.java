package dev.watchword.job.exam;

import java.util.List;
import java.util.OptionalLong;

/** Refuses all that a test does not expect to be asked. */
abstract class StrictExaminee implements Examinee {
    @Override
    public List<String> answerTogether(List<Sitting> sittings, List<String> questions) {
        throw new AssertionError("Nobody asks about several.");
    }

    @Override
    public void close() {}

    /** The same answer to every question, resting on no frame. */
    static List<Reply> all(String answer, List<String> questions) {
        return questions.stream().map(question -> new Reply(answer, OptionalLong.empty())).toList();
    }

    /** Refuses as well. */
    abstract static class StrictSitting implements Sitting {
        @Override
        public List<Reply> answerWithin(int from, int to, List<String> questions) {
            throw new AssertionError("Nobody asks about a span.");
        }

        @Override
        public List<String> answerFollowUps(List<FollowUp> questions) {
            throw new AssertionError("Nobody asks further.");
        }

        @Override
        public void close() {}
    }
}
