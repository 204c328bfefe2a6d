package dev.watchword.integration.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.integration.deploy.DeployFiles;
import dev.watchword.job.kafka.EmbeddedBroker;
import dev.watchword.job.kafka.TopicLayout;
import dev.watchword.job.kafka.Topics;
import dev.watchword.job.retry.Timekeeper;
import dev.watchword.model.untrained.UntrainedModel;
import dev.watchword.model.untrained.UntrainedShapes;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Status;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

/** The job as an image runs it, and what it tells Prometheus. */
class ApplicationModeTest {
    private static final String STREAM = "yard";
    private static final long SEED = 7;
    private static final int LARGEST_RECORD = 8 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void everyMetricThatIsWatchedIsExposed() throws Exception {
        // Left there, with the logs of every process.
        Path home = Files.createTempDirectory(Path.of("target"), "application-").toAbsolutePath();
        Path model = Files.createDirectory(home.resolve("model"));
        UntrainedModel.of(UntrainedShapes.tiny(), SEED).write(model);
        try (EmbeddedBroker broker = brokerWithTopics();
                FlinkCluster cluster =
                        FlinkCluster.startApplication(home, program(broker.bootstrap(), model));
                BrokerClient client = new BrokerClient(broker.connection())) {
            cluster.startTaskManager("task-manager");
            client.publish(STREAM, 0);
            Answer answer = client.ask("first", STREAM, "What is there?");
            assertThat(answer.getStatus()).isIn(Status.OK, Status.TRUNCATED);

            Set<String> missing = missing(cluster);
            long begin = System.nanoTime();
            while (!missing.isEmpty() && System.nanoTime() - begin < PATIENCE.toNanos()) {
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
                missing = missing(cluster);
            }

            assertThat(missing).as("metrics in alerts or the dashboard, but not exposed").isEmpty();
            assertThat(scrape(cluster, "task-manager"))
                    .contains("watchword_stream_last_frame_seconds{")
                    .contains("stream=\"" + STREAM + "\"")
                    .contains("quantile=\"0.95\"");
            for (String label : DeployFiles.labelsGroupedBy()) {
                assertThat(scrape(cluster, "task-manager")).contains(label + "=\"");
            }
        }
    }

    private static EmbeddedBroker brokerWithTopics() throws InterruptedException {
        EmbeddedBroker broker = EmbeddedBroker.start();
        try (Admin admin = Admin.create(broker.connection().admin())) {
            TopicLayout layout = new TopicLayout(1, (short) 1, LARGEST_RECORD);
            Topics.defaults().createMissing(admin, layout, Timekeeper.system());
        }
        return broker;
    }

    private static String[] program(String bootstrap, Path model) {
        return new String[] {
            "run",
            "--bootstrap",
            bootstrap,
            "--model",
            model.toString(),
            "--set",
            "kafka.create-topics=false",
            "--set",
            "kafka.delivery=exactly-once",
            "--set",
            "model.precision=float32",
            "--set",
            "job.checkpoint-interval=500 ms"
        };
    }

    /** Of the metrics that alerts or the dashboard ask for, those that no process exposes. */
    private Set<String> missing(FlinkCluster cluster) throws IOException, InterruptedException {
        String exposed = scrape(cluster, "job-manager") + scrape(cluster, "task-manager");
        Set<String> names =
                exposed.lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.split("[{ ]", 2)[0])
                        .collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>(DeployFiles.watchedMetrics());
        missing.removeAll(names);
        return missing;
    }

    private String scrape(FlinkCluster cluster, String name)
            throws IOException, InterruptedException {
        try {
            return http.send(
                            HttpRequest.newBuilder(cluster.metrics(name)).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (ConnectException e) {
            return "";
        }
    }
}
