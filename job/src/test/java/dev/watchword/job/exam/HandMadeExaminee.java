package dev.watchword.job.exam;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntFunction;

/** Answers as a test says, and never looks at a picture. */
final class HandMadeExaminee implements Examinee {
    private final Answerer answerer;

    /** What is answered. */
    interface Answerer {
        String answer(String stream, int shown, View view, String question);
    }

    HandMadeExaminee(Answerer answerer) {
        this.answerer = answerer;
    }

    @Override
    public Sitting sit(String stream, IntFunction<byte[]> pictures) {
        return new Sitting() {
            private int shown;

            @Override
            public void show(int frames) {
                shown = frames;
            }

            @Override
            public List<Reply> answer(View view, List<String> questions) {
                List<Reply> answers = new ArrayList<>();
                questions.forEach(
                        question ->
                                answers.add(
                                        new Reply(
                                                answerer.answer(stream, shown, view, question),
                                                OptionalLong.of(shown - 1))));
                return answers;
            }

            @Override
            public List<Reply> answerWithin(int from, int to, List<String> questions) {
                return answer(View.HISTORY, questions);
            }

            @Override
            public List<String> answerFollowUps(List<FollowUp> questions) {
                return answer(View.HISTORY, questions.stream().map(FollowUp::question).toList())
                        .stream()
                        .map(Reply::text)
                        .toList();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public List<String> answerTogether(List<Sitting> sittings, List<String> questions)
            throws InterruptedException {
        List<String> answers = new ArrayList<>();
        for (String question : questions) {
            answers.add(sittings.get(0).answer(View.HISTORY, List.of(question)).get(0).text());
        }
        return answers;
    }

    @Override
    public void close() {}
}
