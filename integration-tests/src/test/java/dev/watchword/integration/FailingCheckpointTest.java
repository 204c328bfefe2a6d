package dev.watchword.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.integration.rig.BreakableDirectory;
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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where checkpoints go cannot be written for a while. */
class FailingCheckpointTest {
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

    /** With a failure before it can be written again, for which it cannot be read either. */
    @ParameterizedTest
    @EnumSource
    void theJobGoesOnAndLosesNothing(Delivery delivery) throws Exception {
        try (TopicsUnderTest topics = new TopicsUnderTest(KAFKA.bootstrap());
                FaultyJob job = FaultyJob.start(settings(topics, delivery), TestModel.TINY)) {
            StreamsUnderTest streams = new StreamsUnderTest(topics, direct, delivery);
            FaultyEngine engine = job.engine();
            BreakableDirectory storage = new BreakableDirectory(topics.checkpointDirectory());
            streams.publish(1, 6);
            streams.awaitRemembered(6);
            new Checkpoints(topics.checkpointDirectory()).awaitAnother();

            storage.breakDown();
            List<Query> asked = new ArrayList<>(streams.askAllAboutTheFirst(6));
            streams.publish(7, 9);
            long failed = job.failedCheckpoints();
            Eventually.until("checkpoints fail", () -> job.failedCheckpoints() > failed + 2);
            if (delivery == Delivery.AT_LEAST_ONCE) {
                streams.awaitAnswers(asked);
                streams.awaitRemembered(9);
            }
            assertThat(job.restarts()).as("starts because checkpoints failed").isZero();

            engine.failAtNextFrame();
            streams.publish(10, 12);
            Eventually.until("the engine failed", engine::hasFailed);
            asked.addAll(streams.askAllAboutTheFirst(6));
            Eventually.until("a start failed", () -> job.restarts() > 1);
            storage.mend();

            streams.awaitAnswers(asked);
            streams.awaitRemembered(12);
            List<Query> last = streams.askAndAwaitAll();
            streams.assertAnswers(asked, 6);
            streams.assertAnswers(last, 12);
        }
    }

    private static Settings settings(TopicsUnderTest topics, Delivery delivery) {
        return JobUnderTest.settings(
                topics,
                "kafka.delivery=" + JobUnderTest.text(delivery),
                "engine.max-tokens=" + StreamsUnderTest.TOKENS,
                "job.checkpoint-interval=200 ms",
                "job.restart-attempts=1000");
    }
}
