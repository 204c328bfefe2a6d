package dev.watchword.integration.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.integration.rig.Checkpoints;
import dev.watchword.job.kafka.EmbeddedBroker;
import dev.watchword.model.untrained.UntrainedModel;
import dev.watchword.model.untrained.UntrainedShapes;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The job's jar on a Flink cluster, submitted by Flink's client. */
class ClusterTest {
    private static final String STREAM = "yard";
    private static final int FRAMES = 5;
    private static final long SEED = 7;

    @Test
    void aNewTaskManagerRemembersWhatAKilledOneSaw() throws Exception {
        // Left there, with the logs of every process.
        Path home = Files.createTempDirectory(Path.of("target"), "cluster-").toAbsolutePath();
        Path model = Files.createDirectory(home.resolve("model"));
        UntrainedModel.of(UntrainedShapes.tiny(), SEED).write(model);
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                FlinkCluster cluster = FlinkCluster.start(home);
                BrokerClient client = new BrokerClient(broker.connection())) {
            Process first = cluster.startTaskManager("task-manager-1");
            cluster.submit(program(broker.bootstrap(), model));
            for (int sequence = 0; sequence < FRAMES; sequence++) {
                client.publish(STREAM, sequence);
            }
            Answer before = client.ask("before", STREAM, "What is there?");

            new Checkpoints(home.resolve("checkpoints")).awaitAnother();
            first.destroyForcibly();
            cluster.startTaskManager("task-manager-2");
            Answer after = client.ask("after", STREAM, "What is there?");

            assertThat(before.getStatus()).isIn(Status.OK, Status.TRUNCATED);
            assertThat(before.getFrames().getCount()).isEqualTo(FRAMES);
            assertThat(after.getFrames()).isEqualTo(before.getFrames());
            assertThat(after.getText()).isEqualTo(before.getText());
            assertThat(cluster.log("job-manager")).contains("from Checkpoint");
        }
    }

    private static String[] program(String bootstrap, Path model) {
        return new String[] {
            "run",
            "--bootstrap",
            bootstrap,
            "--model",
            model.toString(),
            "--set",
            "kafka.partitions=1",
            "--set",
            "model.precision=float32",
            "--set",
            "job.checkpoint-interval=500 ms",
            "--set",
            "job.restart-delay=500 ms"
        };
    }
}
