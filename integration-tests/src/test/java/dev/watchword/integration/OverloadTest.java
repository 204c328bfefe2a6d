package dev.watchword.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.integration.rig.Eventually;
import dev.watchword.integration.rig.JobUnderTest;
import dev.watchword.integration.rig.KafkaUnderTest;
import dev.watchword.integration.rig.PacedEngine;
import dev.watchword.integration.rig.TopicsUnderTest;
import dev.watchword.job.settings.Settings;
import dev.watchword.job.topology.FlinkConfiguration;
import dev.watchword.job.topology.Topology;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Far more frames and questions than the engine can do: nothing grows, and nobody is left without. */
class OverloadTest {
    @RegisterExtension static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    private static final int FRAME_QUEUE = 32;
    private static final int PENDING = 20;
    private static final int AT_ONCE = 2;
    private static final int STREAMS = 4;
    private static final int FRAMES_OF_EACH = 1_000;
    private static final int QUESTIONS_OF_EACH = 100;
    private static final int SHORT_MILLIS = 60;
    private static final int LONG_MILLIS = 500;
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int TIMES_AS_SLOW = 20;

    private final InMemoryReporter metrics = InMemoryReporter.createWithRetainedMetrics();
    private final PacedEngine engine = new PacedEngine(Duration.ofMillis(5), Duration.ofMillis(50));
    private TopicsUnderTest topics;
    private JobClient job;

    @BeforeEach
    void start() throws Exception {
        topics = new TopicsUnderTest(KAFKA.bootstrap());
        Settings settings =
                JobUnderTest.settings(
                        topics,
                        "job.parallelism=1",
                        "job.checkpoint-interval=2 s",
                        "engine.batch-frames=16",
                        "engine.frame-queue=" + FRAME_QUEUE,
                        "engine.overload=thin",
                        "engine.answers-at-once=" + AT_ONCE,
                        "memory.pending-questions=" + PENDING);
        Configuration configuration = FlinkConfiguration.of(settings.job());
        metrics.addToConfiguration(configuration);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        Topology.lay(environment, settings, settings.kafka().bootstrap(), engine.leaser());
        job = environment.executeAsync("overload");
    }

    @AfterEach
    void stop() throws Exception {
        job.cancel().get();
        engine.close();
        topics.close();
    }

    @Test
    void queuesKeepTheirBoundsEveryQuestionIsAnsweredAndThenAllIsAsBefore() {
        for (int stream = 0; stream < STREAMS; stream++) {
            topics.publish(name(stream), 1, 1);
            topics.awaitRemembered(name(stream), 1);
        }
        Duration calm = timed(() -> assertAnswered("Is it calm?"));
        List<Query> asked = storm();
        long most = awaitAnswers(asked);

        assertThat(pending()).isZero();
        int before = engine.questionsTaken();
        Duration over = timed(() -> assertAnswered("Is it over?"));
        assertThat(engine.questionsTaken()).as("no other was ahead of it").isEqualTo(before + 1);
        assertThat(over).isLessThan(longest(calm));

        assertThat(most).isLessThanOrEqualTo(PENDING);
        assertThat(engine.mostFramesAtOnce()).isLessThanOrEqualTo(FRAME_QUEUE);
        assertThat(engine.mostQuestionsAtOnce()).isLessThanOrEqualTo(AT_ONCE);
        Map<Status, Long> byStatus =
                asked.stream()
                        .map(topics::answer)
                        .collect(Collectors.groupingBy(Answer::getStatus, Collectors.counting()));
        assertThat(byStatus.keySet())
                .containsExactlyInAnyOrder(Status.OK, Status.REJECTED, Status.EXPIRED);
        Eventually.until(
                "every frame is encoded or counted as left out",
                () ->
                        count("frames_encoded") + count("frames_thinned")
                                == STREAMS * FRAMES_OF_EACH);
        assertThat(count("frames_thinned")).isPositive();
    }

    private void assertAnswered(String question) {
        Answer answer = topics.askAndAwait(topics.question(name(0), question));
        assertThat(answer.getStatus()).isEqualTo(Status.OK);
    }

    private static Duration timed(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /**
     * How long a question may take once the storm is over. The engine takes the same time on every
     * machine; what a slow one takes beside it, it took when all was calm, too, and the limit grows
     * with that.
     */
    private static Duration longest(Duration calm) {
        Duration slow = calm.multipliedBy(TIMES_AS_SLOW);
        return slow.compareTo(SOON) > 0 ? slow : SOON;
    }

    /** All at once, the questions among the frames; every second question has a deadline. */
    private List<Query> storm() {
        List<Query> asked = new ArrayList<>();
        for (int frame = 2; frame <= FRAMES_OF_EACH; frame++) {
            for (int stream = 0; stream < STREAMS; stream++) {
                topics.publish(name(stream), frame, frame);
                if (frame % (FRAMES_OF_EACH / QUESTIONS_OF_EACH) == 0) {
                    Query.Builder question = topics.question(name(stream), "What now?");
                    if (asked.size() % 2 == 0) {
                        // The short ones pass even where the storm comes slowly.
                        int millis = asked.size() % 4 == 0 ? SHORT_MILLIS : LONG_MILLIS;
                        question.setDeadline(Instant.now().plusMillis(millis));
                    }
                    asked.add(topics.ask(question));
                }
            }
        }
        return asked;
    }

    /**
     * Waits until every question has its answer.
     *
     * @return the most that waited at a look
     */
    private long awaitAnswers(List<Query> asked) {
        long[] most = {0};
        Set<String> missing =
                asked.stream()
                        .map(Query::getQueryId)
                        .collect(Collectors.toCollection(HashSet::new));
        topics.answers()
                .awaitAll(
                        "an answer to every question",
                        answers -> {
                            most[0] = Math.max(most[0], pending());
                            answers.forEach(answer -> missing.remove(answer.getQueryId()));
                            return missing.isEmpty();
                        });
        return most[0];
    }

    private static String name(int stream) {
        return "camera-" + stream;
    }

    private long pending() {
        return ((Number) ((Gauge<?>) metric("queries_pending")).getValue()).longValue();
    }

    private long count(String name) {
        return ((Counter) metric(name)).getCount();
    }

    private Metric metric(String name) {
        return metrics.findMetrics(job.getJobID(), "watchword." + name).values().iterator().next();
    }
}
