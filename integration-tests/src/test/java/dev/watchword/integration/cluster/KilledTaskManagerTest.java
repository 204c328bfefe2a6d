package dev.watchword.integration.cluster;

import static dev.watchword.integration.rig.AwaitedParcel.COMES;
import static dev.watchword.integration.rig.AwaitedParcel.END;
import static dev.watchword.integration.rig.AwaitedParcel.FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.integration.rig.AwaitedParcel;
import dev.watchword.integration.rig.Checkpoints;
import dev.watchword.integration.rig.KafkaUnderTest;
import dev.watchword.integration.rig.TopicsUnderTest;
import dev.watchword.job.service.BundledWeights;
import dev.watchword.job.service.EngineConfigs;
import dev.watchword.job.settings.Settings;
import dev.watchword.operators.EngineLeaser;
import dev.watchword.schemas.Query;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A question stands, and the process that waits for the parcel is killed before it comes. */
class KilledTaskManagerTest {
    @RegisterExtension static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    @Test
    void anotherGoesOnWaitingAndReportsTheParcelOnce() throws Exception {
        try (TopicsUnderTest topics = new TopicsUnderTest(KAFKA.bootstrap());
                ProcessJob job = ProcessJob.start("killed", Map.of())) {
            AwaitedParcel parcel = new AwaitedParcel(topics);
            Settings settings = parcel.settings("job.parallelism=1", "job.restart-attempts=1000");
            Process first = job.startTaskManager("task-manager-1");
            job.submit(
                    topics,
                    settings,
                    EngineLeaser.shared(
                            EngineConfigs.of(
                                    settings, BundledWeights.ofThisProgram().directory())));
            Query query = parcel.ask();
            int last = COMES - 2;
            parcel.show(FIRST, last);
            new Checkpoints(topics.checkpointDirectory()).awaitAnother();
            parcel.show(last, last + 1);

            assertThat(first.destroyForcibly().waitFor()).as("killed by signal 9").isEqualTo(137);
            parcel.publish(last + 1);
            job.startTaskManager("task-manager-2");
            parcel.awaitDealtWith(last + 1);
            assertThat(parcel.list()).hasSize(1);
            parcel.show(last + 2, END);

            parcel.assertNoticedOnce(query);
        }
    }
}
