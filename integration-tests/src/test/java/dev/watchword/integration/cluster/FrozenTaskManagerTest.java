package dev.watchword.integration.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.integration.rig.Checkpoints;
import dev.watchword.integration.rig.DirectModel;
import dev.watchword.integration.rig.Eventually;
import dev.watchword.integration.rig.JobUnderTest;
import dev.watchword.integration.rig.KafkaUnderTest;
import dev.watchword.integration.rig.Signals;
import dev.watchword.integration.rig.StreamsUnderTest;
import dev.watchword.integration.rig.TestModel;
import dev.watchword.integration.rig.TopicsUnderTest;
import dev.watchword.job.service.EngineConfigs;
import dev.watchword.job.settings.Delivery;
import dev.watchword.job.settings.Settings;
import dev.watchword.operators.EngineLeaser;
import dev.watchword.schemas.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A task manager stands still in the middle of its work until it is given up, another takes over,
 * and then the first one goes on: exactly-once, nobody reads what it still writes.
 */
class FrozenTaskManagerTest {
    @RegisterExtension static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    @Test
    void oneThatComesBackFromTheDeadAnswersNothingASecondTime() throws Exception {
        try (DirectModel direct = new DirectModel(TestModel.TINY);
                TopicsUnderTest topics = new TopicsUnderTest(KAFKA.bootstrap());
                ProcessJob job = ProcessJob.start("frozen", Map.of("heartbeat.timeout", "6000"))) {
            StreamsUnderTest streams = new StreamsUnderTest(topics, direct, Delivery.EXACTLY_ONCE);
            Settings settings =
                    JobUnderTest.settings(
                            topics,
                            "kafka.delivery=exactly-once",
                            "engine.max-tokens=" + StreamsUnderTest.TOKENS,
                            "job.parallelism=1",
                            "job.restart-delay=500 ms",
                            "job.restart-attempts=1000");
            Process first = job.startTaskManager("task-manager-1");
            job.submit(
                    topics,
                    settings,
                    EngineLeaser.shared(EngineConfigs.of(settings, TestModel.TINY.directory())));
            streams.publish(1, 6);
            streams.awaitRemembered(6);
            job.startTaskManager("task-manager-2");
            Eventually.until("another stands by", () -> job.taskManagers() == 2);
            new Checkpoints(topics.checkpointDirectory()).awaitAnother();

            List<Query> asked = new ArrayList<>();
            for (int round = 0; round < 5; round++) {
                asked.addAll(streams.askAllAboutTheFirst(6));
            }
            streams.publish(7, 9);
            Signals.send(first, "STOP");
            streams.publish(10, 12);
            asked.addAll(streams.askAllAboutTheFirst(6));
            streams.awaitAnswers(asked);
            streams.awaitRemembered(12);
            assertThat(job.taskManagers()).isOne();

            Signals.send(first, "CONT");
            Eventually.until("it is back", () -> job.taskManagers() == 2);
            asked.addAll(streams.askAllAboutTheFirst(6));
            new Checkpoints(topics.checkpointDirectory()).awaitAnother();
            streams.awaitAnswers(asked);
            List<Query> last = streams.askAndAwaitAll();
            streams.assertAnswers(asked, 6);
            streams.assertAnswers(last, 12);
        }
    }
}
