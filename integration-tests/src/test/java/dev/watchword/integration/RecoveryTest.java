package dev.watchword.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.integration.rig.Checkpoints;
import dev.watchword.integration.rig.DirectModel;
import dev.watchword.integration.rig.Eventually;
import dev.watchword.integration.rig.FaultyEngine;
import dev.watchword.integration.rig.FaultyJob;
import dev.watchword.integration.rig.JobUnderTest;
import dev.watchword.integration.rig.KafkaUnderTest;
import dev.watchword.integration.rig.TestModel;
import dev.watchword.integration.rig.TestPictures;
import dev.watchword.integration.rig.TopicsUnderTest;
import dev.watchword.job.settings.Delivery;
import dev.watchword.job.settings.Settings;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.AnswerId;
import dev.watchword.schemas.FrameSpan;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A job that is broken off in the middle answers afterwards as if nothing had happened. */
class RecoveryTest {
    @RegisterExtension static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    private static final List<String> STREAMS = List.of("east", "west", "north");
    private static final String QUESTION = "What happened?";
    private static final int TOKENS = 12;

    private static DirectModel direct;

    private final Map<String, String> expectedTexts = new HashMap<>();

    @BeforeAll
    static void load() {
        direct = new DirectModel(TestModel.TINY);
    }

    @AfterAll
    static void unload() {
        direct.close();
    }

    @ParameterizedTest
    @EnumSource
    void anEngineThatFailsLosesNoFrameAndNoQuestion(Delivery delivery) throws Exception {
        try (TopicsUnderTest topics = new TopicsUnderTest(KAFKA.bootstrap());
                FaultyJob job = FaultyJob.start(settings(topics, delivery), TestModel.TINY)) {
            Checkpoints checkpoints = new Checkpoints(topics.checkpointDirectory());
            FaultyEngine engine = job.engine();
            publish(topics, 1, 6);
            awaitRemembered(topics, 6);

            engine.holdAnswers();
            List<Query> queries = new ArrayList<>();
            for (int round = 0; round < 3; round++) {
                queries.addAll(askAll(topics));
            }
            Eventually.until("questions are with the engine", () -> engine.questionsTaken() > 1);
            engine.delayFrames(Duration.ofSeconds(1));
            publish(topics, 7, 9);
            checkpoints.awaitAnother();
            engine.failAtNextFrame();
            publish(topics, 10, 12);
            Eventually.until("the engine failed", engine::hasFailed);
            engine.releaseAnswers();

            queries.forEach(topics::answer);
            engine.delayFrames(Duration.ZERO);
            awaitRemembered(topics, 12);
            List<Query> last = askAndAwaitAll(topics);
            topics.answers().all();
            assertAnswers(topics, delivery, queries, 6);
            assertAnswers(topics, delivery, last, 12);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aJobThatGoesOnFromItsCheckpointLosesNoFrameAndNoQuestion(Delivery delivery)
            throws Exception {
        try (TopicsUnderTest topics = new TopicsUnderTest(KAFKA.bootstrap())) {
            Settings settings = settings(topics, delivery);
            Checkpoints checkpoints = new Checkpoints(topics.checkpointDirectory());
            List<Query> settled = new ArrayList<>();
            List<Query> flowing = new ArrayList<>();
            try (JobUnderTest job = JobUnderTest.start(settings, TestModel.TINY, false)) {
                publish(topics, 1, 6);
                awaitRemembered(topics, 6);
                checkpoints.awaitAnother();
                for (long sequence = 7; sequence <= 10; sequence++) {
                    publish(topics, sequence, sequence);
                    settled.addAll(askAllAboutTheFirst(topics, 6));
                    flowing.addAll(askAll(topics));
                }
                topics.answer(flowing.get(1));
                assertThat(job.isRunning()).isTrue();
            }
            publish(topics, 11, 12);
            flowing.addAll(askAll(topics));
            try (JobUnderTest job = JobUnderTest.start(settings, TestModel.TINY, true)) {
                publish(topics, 13, 14);
                settled.addAll(askAllAboutTheFirst(topics, 6));
                settled.forEach(topics::answer);
                flowing.forEach(topics::answer);
                awaitRemembered(topics, 14);

                List<Query> last = askAndAwaitAll(topics);
                topics.answers().all();
                assertAnswers(topics, delivery, settled, 6);
                assertAnswers(topics, delivery, last, 14);
                for (Query query : flowing) {
                    assertTellsTruly(answersTo(topics, delivery, query));
                }
                assertThat(job.isRunning()).isTrue();
            }
        }
    }

    private static Settings settings(TopicsUnderTest topics, Delivery delivery) {
        return JobUnderTest.settings(
                topics,
                "kafka.delivery=" + JobUnderTest.text(delivery),
                "engine.answers-at-once=2",
                "engine.max-tokens=" + TOKENS,
                "job.checkpoint-interval=200 ms");
    }

    private static void publish(TopicsUnderTest topics, long first, long last) {
        for (long sequence = first; sequence <= last; sequence++) {
            for (String stream : STREAMS) {
                topics.publish(stream, sequence, sequence);
            }
        }
    }

    private static void awaitRemembered(TopicsUnderTest topics, long frames) {
        STREAMS.forEach(stream -> topics.awaitRemembered(stream, frames));
    }

    private static List<Query> askAll(TopicsUnderTest topics) {
        return STREAMS.stream()
                .map(stream -> topics.ask(topics.question(stream, QUESTION)))
                .toList();
    }

    private static List<Query> askAllAboutTheFirst(TopicsUnderTest topics, long frames) {
        Scope scope = Scope.newBuilder().setTo(TopicsUnderTest.capturedAt(frames + 1)).build();
        return STREAMS.stream()
                .map(stream -> topics.ask(topics.question(stream, QUESTION).setScope(scope)))
                .toList();
    }

    private static List<Query> askAndAwaitAll(TopicsUnderTest topics) {
        List<Query> queries = askAll(topics);
        queries.forEach(topics::answer);
        return queries;
    }

    /** Each of the queries was answered about exactly the first frames, rightly. */
    private void assertAnswers(
            TopicsUnderTest topics, Delivery delivery, List<Query> queries, long frames) {
        for (Query query : queries) {
            List<Answer> answers = answersTo(topics, delivery, query);
            assertTellsTruly(answers);
            assertThat(answers).allMatch(answer -> answer.getFrames().getCount() == frames);
        }
    }

    /** Every answer to a query: by exactly-once one, by at-least-once repeats with the same id. */
    private static List<Answer> answersTo(TopicsUnderTest topics, Delivery delivery, Query query) {
        List<Answer> answers =
                topics.answers().soFar().stream()
                        .filter(answer -> answer.getQueryId().equals(query.getQueryId()))
                        .toList();
        if (delivery == Delivery.EXACTLY_ONCE) {
            assertThat(answers).hasSize(1);
        }
        assertThat(answers)
                .isNotEmpty()
                .allMatch(
                        answer ->
                                answer.getAnswerId()
                                        .equals(
                                                AnswerId.of(
                                                        query.getQueryId(), query.getStream())));
        return answers;
    }

    /** The texts are what the model says of the frames that the answers name, from the first on. */
    private void assertTellsTruly(List<Answer> answers) {
        for (Answer answer : answers) {
            FrameSpan span = answer.getFrames();
            assertThat(span.getFirstSequence()).contains(1L);
            assertThat(span.getLastSequence()).contains(span.getCount());
            assertThat(answer.getText()).isEqualTo(textOf(answer.getStream(), span.getCount()));
        }
    }

    private String textOf(String stream, long frames) {
        return expectedTexts.computeIfAbsent(
                stream + frames,
                key ->
                        direct.answer(
                                LongStream.rangeClosed(1, frames)
                                        .mapToObj(n -> TestPictures.of(stream, n)),
                                QUESTION,
                                TOKENS));
    }
}
