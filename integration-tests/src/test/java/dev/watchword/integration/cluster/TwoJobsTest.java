package dev.watchword.integration.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.integration.rig.DirectModel;
import dev.watchword.integration.rig.Eventually;
import dev.watchword.integration.rig.JobUnderTest;
import dev.watchword.integration.rig.KafkaUnderTest;
import dev.watchword.integration.rig.StreamsUnderTest;
import dev.watchword.integration.rig.TestModel;
import dev.watchword.integration.rig.TopicsUnderTest;
import dev.watchword.job.settings.Delivery;
import dev.watchword.schemas.Query;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Two jobs in one task manager's process, each with a class loader of its own: both compute with the
 * one libtorch that Flink's class loader has loaded.
 */
class TwoJobsTest {
    @RegisterExtension static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    @Test
    void twoJobsOfOneTaskManagerBothAnswer() throws Exception {
        // Left there, with the logs of every process.
        Path home = Files.createTempDirectory(Path.of("target"), "two-jobs-").toAbsolutePath();
        try (DirectModel oneToken = new DirectModel(TestModel.TINY);
                DirectModel fourTokens = new DirectModel(TestModel.FOUR_TOKENS);
                TopicsUnderTest firstTopics = new TopicsUnderTest(KAFKA.bootstrap());
                TopicsUnderTest secondTopics = new TopicsUnderTest(KAFKA.bootstrap());
                FlinkCluster cluster = FlinkCluster.start(home)) {
            StreamsUnderTest first =
                    new StreamsUnderTest(firstTopics, oneToken, Delivery.EXACTLY_ONCE);
            StreamsUnderTest second =
                    new StreamsUnderTest(secondTopics, fourTokens, Delivery.EXACTLY_ONCE);
            Process taskManager = cluster.startTaskManager("task-manager", 2);
            String firstJob = cluster.submit(program(firstTopics, TestModel.TINY));
            String secondJob = cluster.submit(program(secondTopics, TestModel.FOUR_TOKENS));

            first.publish(1, 2);
            second.publish(1, 3);
            first.awaitRemembered(2);
            second.awaitRemembered(3);
            List<Query> askedFirst = first.askAll();
            List<Query> askedSecond = second.askAll();
            first.awaitAnswers(askedFirst);
            second.awaitAnswers(askedSecond);
            first.assertAnswers(askedFirst, 2);
            second.assertAnswers(askedSecond, 3);

            cluster.client("cancel", firstJob);
            Eventually.until(
                    "the first job is cancelled", () -> cluster.state(firstJob).equals("CANCELED"));
            second.publish(4, 4);
            second.awaitRemembered(4);
            second.assertAnswers(second.askAndAwaitAll(), 4);
            assertThat(cluster.state(secondJob)).isEqualTo("RUNNING");
            assertThat(taskManager.isAlive()).isTrue();
        }
    }

    private static String[] program(TopicsUnderTest topics, TestModel model) {
        List<String> program =
                new ArrayList<>(List.of("run", "--model", model.directory().toString()));
        JobUnderTest.assignments(
                        topics,
                        "kafka.delivery=exactly-once",
                        "engine.max-tokens=" + StreamsUnderTest.TOKENS,
                        "job.parallelism=1",
                        "job.checkpoint-interval=500 ms")
                .forEach(assignment -> program.addAll(List.of("--set", assignment)));
        return program.toArray(String[]::new);
    }

    /** Where it is in the jar, each job loads a DJL of its own, and the second one's fails. */
    @Test
    void djlIsNotInTheJobsJar() throws IOException {
        try (JarFile jar = new JarFile(FlinkCluster.JOB_JAR.toFile())) {
            assertThat(jar.stream().map(JarEntry::getName))
                    .contains("dev/watchword/job/cli/FlinkProgram.class")
                    .noneMatch(entry -> entry.startsWith("ai/djl/"));
        }
    }
}
