package dev.watchword.integration.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.kafka.EmbeddedBroker;
import dev.watchword.model.untrained.UntrainedModel;
import dev.watchword.model.untrained.UntrainedShapes;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The job's jar on a Flink cluster, submitted by Flink's client. */
class ClusterTest {
    private static final String STREAM = "yard";
    private static final int FRAMES = 5;
    private static final long SEED = 7;
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

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
            String printed = cluster.client(submission(broker.bootstrap(), model));
            assertThat(printed).contains("runs on the cluster and answers questions at");
            for (int sequence = 0; sequence < FRAMES; sequence++) {
                client.publish(STREAM, sequence);
            }
            Answer before = client.ask("before", STREAM, "What is there?");

            awaitCheckpointsAfterNow(home.resolve("checkpoints"));
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

    private static String[] submission(String bootstrap, Path model) {
        return new String[] {
            "run",
            "-d",
            Path.of("..", "deploy", "target", "watchword-job.jar").toString(),
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

    /** The second to come was begun after this call: what was seen before it is in there. */
    private static void awaitCheckpointsAfterNow(Path directory) throws Exception {
        int wanted = newest(directory) + 2;
        long begin = System.nanoTime();
        while (newest(directory) < wanted) {
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PATIENCE);
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private static int newest(Path directory) throws Exception {
        if (!Files.isDirectory(directory)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(directory)) {
            Path job = files.findFirst().orElse(directory);
            try (Stream<Path> checkpoints = Files.list(job)) {
                return checkpoints
                        .filter(path -> Files.exists(path.resolve("_metadata")))
                        .mapToInt(path -> number(path.getFileName().toString()))
                        .max()
                        .orElse(0);
            }
        }
    }

    private static int number(String name) {
        return Integer.parseInt(name.substring(name.indexOf('-') + 1));
    }
}
