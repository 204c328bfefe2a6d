package dev.watchword.integration.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.integration.rig.Checkpoints;
import dev.watchword.integration.rig.DirectModel;
import dev.watchword.integration.rig.Eventually;
import dev.watchword.integration.rig.JobUnderTest;
import dev.watchword.integration.rig.KafkaUnderTest;
import dev.watchword.integration.rig.StreamsUnderTest;
import dev.watchword.integration.rig.TestModel;
import dev.watchword.integration.rig.TopicsUnderTest;
import dev.watchword.job.service.EngineConfigs;
import dev.watchword.job.settings.Delivery;
import dev.watchword.job.settings.Settings;
import dev.watchword.operators.EngineLeaser;
import dev.watchword.schemas.Query;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A task manager's disk, on which RocksDB keeps the state, takes nothing more for a while. When it
 * does again the job goes on by itself: every question is answered once, from every frame.
 */
class FullDiskTest {
    @RegisterExtension static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    @Test
    void theJobCatchesUpWhenThereIsRoomAgain() throws Exception {
        try (DirectModel direct = new DirectModel(TestModel.TINY);
                TopicsUnderTest topics = new TopicsUnderTest(KAFKA.bootstrap());
                ProcessJob job = ProcessJob.start("full-disk", Map.of())) {
            StreamsUnderTest streams = new StreamsUnderTest(topics, direct, Delivery.EXACTLY_ONCE);
            Settings settings =
                    JobUnderTest.settings(
                            topics,
                            "kafka.delivery=exactly-once",
                            "engine.max-tokens=" + StreamsUnderTest.TOKENS,
                            "job.parallelism=1",
                            "job.restart-delay=500 ms",
                            "job.restart-attempts=1000");
            Process taskManager = job.startTaskManager("task-manager");
            job.submit(
                    topics,
                    settings,
                    EngineLeaser.shared(EngineConfigs.of(settings, TestModel.TINY.directory())));
            streams.publish(1, 6);
            streams.awaitRemembered(6);
            new Checkpoints(topics.checkpointDirectory()).awaitAnother();

            long failed = job.failedCheckpoints();
            limitFiles(taskManager, "4096");
            streams.publish(7, 9);
            List<Query> asked = new ArrayList<>(streams.askAllAboutTheFirst(6));
            Eventually.until("the disk is full", () -> job.failedCheckpoints() > failed + 2);
            streams.publish(10, 12);
            asked.addAll(streams.askAllAboutTheFirst(6));
            assertThat(taskManager.isAlive()).isTrue();

            limitFiles(taskManager, "unlimited");
            streams.awaitAnswers(asked);
            streams.awaitRemembered(12);
            List<Query> last = streams.askAndAwaitAll();
            streams.assertAnswers(asked, 6);
            streams.assertAnswers(last, 12);
        }
    }

    /** No file of the process grows beyond so many bytes: what it writes fails, as on a full disk. */
    private static void limitFiles(Process process, String bytes)
            throws IOException, InterruptedException {
        Process limit =
                new ProcessBuilder(
                                "prlimit",
                                "--pid=" + process.pid(),
                                "--fsize=" + bytes + ":unlimited")
                        .inheritIO()
                        .start();
        assertThat(limit.waitFor()).isZero();
    }
}
