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
            Checkpoints checkpoints = new Checkpoints(topics.checkpointDirectory());
            FaultyEngine engine = job.engine();
            streams.publish(1, 6);
            streams.awaitRemembered(6);

            engine.holdAnswers();
            List<Query> queries = new ArrayList<>();
            for (int round = 0; round < 3; round++) {
                queries.addAll(streams.askAll());
            }
            Eventually.until("questions are with the engine", () -> engine.questionsTaken() > 1);
            engine.delayFrames(Duration.ofSeconds(1));
            streams.publish(7, 9);
            checkpoints.awaitAnother();
            engine.failAtNextFrame();
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

    private static Settings settings(TopicsUnderTest topics, Delivery delivery) {
        return JobUnderTest.settings(
                topics,
                "kafka.delivery=" + JobUnderTest.text(delivery),
                "engine.answers-at-once=2",
                "engine.max-tokens=" + StreamsUnderTest.TOKENS,
                "job.checkpoint-interval=200 ms");
    }
}
