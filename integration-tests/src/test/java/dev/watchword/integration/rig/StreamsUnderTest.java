package dev.watchword.integration.rig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.settings.Delivery;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.AnswerId;
import dev.watchword.schemas.FrameSpan;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.QueryMode;
import dev.watchword.schemas.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * A few streams that a job watches while faults befall it, and what the job must say of them: that
 * is known from the model alone. For one thread.
 */
public final class StreamsUnderTest {
    /** How long an answer is: give it to the job as {@code engine.max-tokens}. */
    public static final int TOKENS = 12;

    private static final List<String> STREAMS = List.of("east", "west", "north");
    private static final String QUESTION = "What happened?";

    private final TopicsUnderTest topics;
    private final DirectModel direct;
    private final Delivery delivery;
    private final Map<String, String> texts = new HashMap<>();

    /**
     * @param direct what is said must be what it says
     * @param delivery of the job
     */
    public StreamsUnderTest(TopicsUnderTest topics, DirectModel direct, Delivery delivery) {
        this.topics = topics;
        this.direct = direct;
        this.delivery = delivery;
    }

    /** Publishes frames of every stream, from one sequence to another, both included. */
    public void publish(long first, long last) {
        for (long sequence = first; sequence <= last; sequence++) {
            for (String stream : STREAMS) {
                topics.publish(stream, sequence, sequence);
            }
        }
    }

    /** Waits until the job remembers so many frames of every stream. */
    public void awaitRemembered(long frames) {
        STREAMS.forEach(stream -> topics.awaitRemembered(stream, frames));
    }

    /** Asks every stream about all its frames, and does not wait. */
    public List<Query> askAll() {
        return STREAMS.stream()
                .map(stream -> topics.ask(topics.question(stream, QUESTION)))
                .toList();
    }

    /** Asks every stream about its first frames, whatever else has come, and does not wait. */
    public List<Query> askAllAboutTheFirst(long frames) {
        Scope scope = Scope.newBuilder().setTo(TopicsUnderTest.capturedAt(frames + 1)).build();
        return STREAMS.stream()
                .map(stream -> topics.ask(topics.question(stream, QUESTION).setScope(scope)))
                .toList();
    }

    /** Asks every stream about all its frames, and waits for the answers. */
    public List<Query> askAndAwaitAll() {
        List<Query> queries = askAll();
        awaitAnswers(queries);
        return queries;
    }

    /** Waits until the job has taken all that was asked: what stands it tells without the engine. */
    public void awaitTaken() {
        STREAMS.forEach(
                stream -> topics.askAndAwait(topics.question(stream, "").setMode(QueryMode.LIST)));
    }

    /** Waits for an answer to each of the queries. */
    public void awaitAnswers(List<Query> queries) {
        queries.forEach(topics::answer);
    }

    /** Each of the queries was answered about exactly the first frames, rightly. */
    public void assertAnswers(List<Query> queries, long frames) {
        topics.answers().all();
        for (Query query : queries) {
            List<Answer> answers = answersTo(query);
            answers.forEach(this::assertTellsTruly);
            assertThat(answers).allMatch(answer -> answer.getFrames().getCount() == frames);
        }
    }

    /** Each of the queries was answered about all frames up to some, rightly. */
    public void assertAnswers(List<Query> queries) {
        topics.answers().all();
        queries.forEach(query -> answersTo(query).forEach(this::assertTellsTruly));
    }

    /** Every answer to a query: by exactly-once one, by at-least-once repeats with the same id. */
    private List<Answer> answersTo(Query query) {
        List<Answer> answers =
                topics.answers().soFar().stream()
                        .filter(answer -> answer.getQueryId().equals(query.getQueryId()))
                        .toList();
        if (delivery == Delivery.EXACTLY_ONCE) {
            assertThat(answers).hasSize(1);
        }
        String id = AnswerId.of(query.getQueryId(), query.getStream());
        assertThat(answers).isNotEmpty().allMatch(answer -> answer.getAnswerId().equals(id));
        return answers;
    }

    /** The text is what the model says of the frames that the answer names, from the first on. */
    private void assertTellsTruly(Answer answer) {
        FrameSpan span = answer.getFrames();
        assertThat(span.getFirstSequence()).contains(1L);
        assertThat(span.getLastSequence()).contains(span.getCount());
        assertThat(answer.getText()).isEqualTo(textOf(answer.getStream(), span.getCount()));
    }

    private String textOf(String stream, long frames) {
        return texts.computeIfAbsent(
                stream + frames,
                key ->
                        direct.answer(
                                LongStream.rangeClosed(1, frames)
                                        .mapToObj(n -> TestPictures.of(stream, n)),
                                QUESTION,
                                TOKENS));
    }
}
