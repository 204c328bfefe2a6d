package dev.watchword.integration.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchword.engine.EngineConfig;
import dev.watchword.engine.EngineHungException;
import dev.watchword.engine.PictureSource;
import dev.watchword.engine.SharedEngines;
import dev.watchword.integration.rig.Checkpoints;
import dev.watchword.integration.rig.DirectModel;
import dev.watchword.integration.rig.Eventually;
import dev.watchword.integration.rig.HangingLeaser;
import dev.watchword.integration.rig.JobUnderTest;
import dev.watchword.integration.rig.KafkaUnderTest;
import dev.watchword.integration.rig.StreamsUnderTest;
import dev.watchword.integration.rig.TestModel;
import dev.watchword.integration.rig.TestPictures;
import dev.watchword.integration.rig.TopicsUnderTest;
import dev.watchword.job.service.EngineConfigs;
import dev.watchword.job.settings.Delivery;
import dev.watchword.job.settings.Settings;
import dev.watchword.schemas.Query;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A device that hangs is noticed after {@code engine.hung-after}: its task manager ends by itself,
 * and on the next one the job answers every question once, from every frame.
 */
class HungDeviceTest {
    @RegisterExtension static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    @Test
    void aTaskManagerWhoseDeviceHangsEndsAndAnotherGoesOn() throws Exception {
        try (DirectModel direct = new DirectModel(TestModel.TINY);
                TopicsUnderTest topics = new TopicsUnderTest(KAFKA.bootstrap());
                ProcessJob job = ProcessJob.start("hung-device", Map.of())) {
            StreamsUnderTest streams = new StreamsUnderTest(topics, direct, Delivery.EXACTLY_ONCE);
            Settings settings =
                    JobUnderTest.settings(
                            topics,
                            "kafka.delivery=exactly-once",
                            "engine.hung-after=5 s",
                            "engine.max-tokens=" + StreamsUnderTest.TOKENS,
                            "job.parallelism=1",
                            "job.restart-delay=1 s");
            Path file = job.home().resolve("hang");
            Process first = job.startTaskManager("task-manager-1");
            job.submit(
                    topics,
                    settings,
                    new HangingLeaser(
                            EngineConfigs.of(settings, TestModel.TINY.directory()),
                            file.toString()));
            streams.publish(1, 6);
            streams.awaitRemembered(6);
            new Checkpoints(topics.checkpointDirectory()).awaitAnother();

            Files.createFile(file);
            streams.publish(7, 9);
            Eventually.until("the device hangs", () -> !Files.exists(file));
            List<Query> asked = streams.askAllAboutTheFirst(6);
            Eventually.until("the task manager has ended", () -> !first.isAlive());
            assertThat(first.exitValue()).isNotZero();
            assertThat(job.jobManagerLog())
                    .contains("The engine could not encode frame")
                    .contains("for longer than engine.hung-after allows (5 s)");

            job.startTaskManager("task-manager-2");
            streams.publish(10, 12);
            streams.awaitAnswers(asked);
            streams.awaitRemembered(12);
            List<Query> last = streams.askAndAwaitAll();
            streams.assertAnswers(asked, 6);
            streams.assertAnswers(last, 12);
        }
    }

    @Test
    void aJobOfOneProcessEndsAndSaysWhy() throws Exception {
        Semaphore device = new Semaphore(0);
        try (TopicsUnderTest topics = new TopicsUnderTest(KAFKA.bootstrap())) {
            Settings settings = JobUnderTest.settings(topics, "engine.hung-after=5 s");
            EngineConfig config = EngineConfigs.of(settings, TestModel.TINY.directory());
            try (JobUnderTest job = JobUnderTest.start(settings, TestModel.TINY, false);
                    SharedEngines.Lease lease = SharedEngines.lease(config)) {
                lease.engine()
                        .encode(new PictureSource.Inline(TestPictures.of("east", 1)))
                        .whenComplete((picture, fault) -> device.acquireUninterruptibly());

                assertThatThrownBy(() -> job.service().awaitEnd())
                        .isInstanceOf(ExecutionException.class)
                        .hasRootCauseInstanceOf(EngineHungException.class)
                        .hasMessageContaining("engine.hung-after allows (5 s)");
            }
        } finally {
            device.release();
        }
    }
}
