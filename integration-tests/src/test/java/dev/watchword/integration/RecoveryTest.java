package dev.watchword.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.integration.rig.Checkpoints;
import dev.watchword.integration.rig.DirectModel;
import dev.watchword.integration.rig.Eventually;
import dev.watchword.integration.rig.FaultyEngine;
import dev.watchword.integration.rig.FaultyJob;
import dev.watchword.integration.rig.JobUnderTest;
import dev.watchword.integration.rig.KafkaUnderTest;
import dev.watchword.integration.rig.StreamsUnderTest;
import dev.watchword.integration.rig.TestModel;
import dev.watchword.integration.rig.TopicsUnderTest;
import dev.watchword.job.settings.Delivery;
import dev.watchword.job.settings.Settings;
import dev.watchword.schemas.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A job that is broken off in the middle answers afterwards as if nothing had happened. */
class RecoveryTest {
    @RegisterExtension static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    private static DirectModel direct;

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
            StreamsUnderTest streams = new StreamsUnderTest(topics, direct, delivery);
            streams.publish(1, 6);
            streams.awaitRemembered(6);

            breakOff(topics, job.engine(), streams, FaultyEngine::failAtNextFrame);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDeviceThatLacksMemoryLosesNoFrameAndNoQuestion(Delivery delivery) throws Exception {
        try (TopicsUnderTest topics = new TopicsUnderTest(KAFKA.bootstrap());
                FaultyJob job =
                        FaultyJob.start(
                                settings(topics, delivery, "engine.batch-wait=100 ms"),
                                TestModel.TINY)) {
            StreamsUnderTest streams = new StreamsUnderTest(topics, direct, delivery);
            FaultyEngine engine = job.engine();
            engine.takeMemory(true);
            engine.refuseFrames(1);
            streams.publish(1, 6);
            streams.awaitRemembered(6);
            assertThat(engine.batchesRefused()).isPositive();
            assertThat(engine.framesToRefuse()).isZero();
            assertThat(engine.starts()).as("it goes on in smaller batches").isOne();

            breakOff(topics, engine, streams, faulty -> faulty.refuseFrames(2));

            assertThat(engine.starts()).as("it begins anew").isEqualTo(2);
            int refused = engine.batchesRefused();
            engine.takeMemory(false);
            streams.publish(13, 14);
            streams.awaitRemembered(14);
            streams.assertAnswers(streams.askAndAwaitAll(), 14);
            assertThat(engine.batchesRefused()).isEqualTo(refused);
        }
    }

    /**
     * Breaks a job off that remembers six frames of every stream, while the engine has questions and
     * frames, and compares the answers.
     */
    private static void breakOff(
            TopicsUnderTest topics,
            FaultyEngine engine,
            StreamsUnderTest streams,
            Consumer<FaultyEngine> fault) {
        engine.holdAnswers();
        List<Query> queries = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            queries.addAll(streams.askAll());
        }
        streams.awaitTaken();
        Eventually.until("questions are with the engine", () -> engine.questionsTaken() > 1);
        engine.delayFrames(Duration.ofSeconds(1));
        streams.publish(7, 9);
        new Checkpoints(topics.checkpointDirectory()).awaitAnother();
        fault.accept(engine);
        streams.publish(10, 12);
        Eventually.until("the engine failed", engine::hasFailed);
        engine.releaseAnswers();

        streams.awaitAnswers(queries);
        engine.delayFrames(Duration.ZERO);
        streams.awaitRemembered(12);
        List<Query> last = streams.askAndAwaitAll();
        streams.assertAnswers(queries, 6);
        streams.assertAnswers(last, 12);
    }

    @ParameterizedTest
    @EnumSource
    void aJobThatGoesOnFromItsCheckpointLosesNoFrameAndNoQuestion(Delivery delivery)
            throws Exception {
        try (TopicsUnderTest topics = new TopicsUnderTest(KAFKA.bootstrap())) {
            StreamsUnderTest streams = new StreamsUnderTest(topics, direct, delivery);
            Settings settings = settings(topics, delivery);
            Checkpoints checkpoints = new Checkpoints(topics.checkpointDirectory());
            List<Query> settled = new ArrayList<>();
            List<Query> flowing = new ArrayList<>();
            try (JobUnderTest job = JobUnderTest.start(settings, TestModel.TINY, false)) {
                streams.publish(1, 6);
                streams.awaitRemembered(6);
                checkpoints.awaitAnother();
                for (long sequence = 7; sequence <= 10; sequence++) {
                    streams.publish(sequence, sequence);
                    settled.addAll(streams.askAllAboutTheFirst(6));
                    flowing.addAll(streams.askAll());
                }
                topics.answer(flowing.get(1));
                assertThat(job.isRunning()).isTrue();
            }
            streams.publish(11, 12);
            flowing.addAll(streams.askAll());
            try (JobUnderTest job = JobUnderTest.start(settings, TestModel.TINY, true)) {
                streams.publish(13, 14);
                settled.addAll(streams.askAllAboutTheFirst(6));
                streams.awaitAnswers(settled);
                streams.awaitAnswers(flowing);
                streams.awaitRemembered(14);

                List<Query> last = streams.askAndAwaitAll();
                streams.assertAnswers(settled, 6);
                streams.assertAnswers(last, 14);
                streams.assertAnswers(flowing);
                assertThat(job.isRunning()).isTrue();
            }
        }
    }

    private static Settings settings(
            TopicsUnderTest topics, Delivery delivery, String... assignments) {
        List<String> all = new ArrayList<>();
        all.add("kafka.delivery=" + JobUnderTest.text(delivery));
        all.add("engine.answers-at-once=2");
        all.add("engine.max-tokens=" + StreamsUnderTest.TOKENS);
        all.add("job.checkpoint-interval=200 ms");
        all.addAll(List.of(assignments));
        return JobUnderTest.settings(topics, all.toArray(String[]::new));
    }
}
