package dev.watchword.job.cli;

import dev.watchword.job.exam.Exam;
import dev.watchword.job.exam.Examinee;
import dev.watchword.job.exam.Reply;
import dev.watchword.job.exam.View;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Evidence;
import dev.watchword.schemas.Frame;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.Scope;
import dev.watchword.schemas.Status;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** A stream of frames through the job, and questions behind them. */
final class JobSitting implements Examinee.Sitting {
    private static final Instant FIRST_CAPTURE = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    /** So many questions wait in the job at most; it would refuse very many. */
    private static final int MOST_AT_ONCE = 200;

    private final JobTopics topics;
    private final String stream;
    private final IntFunction<byte[]> pictures;
    private int shown;
    private int arrived;

    JobSitting(JobTopics topics, String stream, IntFunction<byte[]> pictures) {
        this.topics = topics;
        this.stream = stream;
        this.pictures = pictures;
    }

    String stream() {
        return stream;
    }

    @Override
    public void show(int frames) {
        while (shown < frames) {
            topics.publish(
                    Frame.newBuilder()
                            .setStream(stream)
                            .setSequence(shown)
                            .setCapturedAt(FIRST_CAPTURE.plusSeconds(shown))
                            .setImage(ByteBuffer.wrap(pictures.apply(shown)))
                            .build());
            shown++;
        }
    }

    @Override
    public List<Reply> answer(View view, List<String> questions) throws InterruptedException {
        return answer(scope(view), questions);
    }

    private List<Reply> answer(Optional<Scope> scope, List<String> questions)
            throws InterruptedException {
        awaitArrival();
        List<Reply> answers = new ArrayList<>();
        for (int from = 0; from < questions.size(); from += MOST_AT_ONCE) {
            List<String> ids = new ArrayList<>();
            for (String question :
                    questions.subList(from, Math.min(questions.size(), from + MOST_AT_ONCE))) {
                ids.add(topics.ask(query(question, scope, Exam.MOST_TOKENS)));
            }
            topics.flush();
            for (String id : ids) {
                answers.add(reply(topics.await(id)));
            }
        }
        return answers;
    }

    @Override
    public List<Reply> answerWithin(int from, int to, List<String> questions)
            throws InterruptedException {
        return answer(
                Optional.of(
                        Scope.newBuilder()
                                .setFrom(FIRST_CAPTURE.plusSeconds(from))
                                .setTo(FIRST_CAPTURE.plusSeconds(to))
                                .build()),
                questions);
    }

    @Override
    public List<String> answerFollowUps(List<Examinee.FollowUp> questions)
            throws InterruptedException {
        awaitArrival();
        List<String> answers = new ArrayList<>();
        for (Examinee.FollowUp each : questions) {
            String earlier = topics.ask(query(each.earlier(), Optional.empty(), Exam.MOST_TOKENS));
            String followUp =
                    topics.ask(
                            query(each.question(), Optional.empty(), Exam.MOST_TOKENS)
                                    .setFollowUpTo(earlier));
            topics.flush();
            topics.await(earlier);
            answers.add(reply(topics.await(followUp)).text());
        }
        return answers;
    }

    private static Optional<Scope> scope(View view) {
        return switch (view) {
            case HISTORY -> Optional.empty();
            case LAST_FRAME -> Optional.of(lastFrame());
            case MEAN, BLIND ->
                    throw new IllegalArgumentException("The job answers from frames alone.");
        };
    }

    private static Scope lastFrame() {
        return Scope.newBuilder().setLastFrames(1L).build();
    }

    /** A question can overtake frames, which are in another topic: it is sent when they are in. */
    void awaitArrival() throws InterruptedException {
        while (arrived < shown) {
            topics.flush();
            Answer answer = topics.await(topics.ask(query("?", Optional.of(lastFrame()), 1)));
            if (answer.getStatus() == Status.REJECTED || answer.getStatus() == Status.FAILED) {
                throw new CommandFailedException("the job failed: " + answer.getReason());
            }
            arrived =
                    answer.getFrames()
                            .getLastSequence()
                            .map(last -> Math.toIntExact(last) + 1)
                            .orElse(0);
            if (arrived < shown) {
                topics.timekeeper().sleep(BETWEEN_LOOKS);
            }
        }
    }

    private Query.Builder query(String text, Optional<Scope> scope, int tokens) {
        return Query.newBuilder()
                .setStream(stream)
                .setText(text)
                .setScope(scope.orElse(null))
                .setMaxTokens(tokens);
    }

    static Reply reply(Answer answer) {
        if (answer.getStatus() != Status.OK && answer.getStatus() != Status.TRUNCATED) {
            throw new CommandFailedException("the job gave no answer: " + answer.getReason());
        }
        return new Reply(
                answer.getText(),
                answer.getEvidence().stream().mapToLong(Evidence::getSequence).findFirst());
    }

    /** Frees nothing: the job keeps the stream until it ends. */
    @Override
    public void close() {}
}
