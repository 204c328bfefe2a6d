package dev.watchword.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.integration.rig.Eventually;
import dev.watchword.integration.rig.JobUnderTest;
import dev.watchword.integration.rig.TestModel;
import dev.watchword.integration.rig.TopicsUnderTest;
import dev.watchword.job.kafka.EmbeddedBroker;
import dev.watchword.job.settings.Delivery;
import dev.watchword.job.settings.Settings;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A broker that goes and comes back; one of this test's own, in this process. */
class BrokerRestartTest {
    private static final String STREAM = "roof";

    @ParameterizedTest
    @EnumSource
    void aBrokerThatIsRestartedCostsNoFrameAndNoQuestion(Delivery delivery) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                TopicsUnderTest topics = new TopicsUnderTest(broker.bootstrap());
                JobUnderTest job =
                        JobUnderTest.start(
                                topics,
                                TestModel.TINY,
                                "kafka.delivery=" + JobUnderTest.text(delivery))) {
            List<Query> queries = new ArrayList<>();
            topics.publish(STREAM, 1, 4);
            topics.awaitRemembered(STREAM, 4);
            topics.publish(STREAM, 5, 8);
            queries.add(topics.ask(topics.question(STREAM, "Is it dry?")));
            queries.add(topics.ask(topics.question(STREAM, "Is it wet?")));

            broker.restart();
            topics.publish(STREAM, 9, 12);
            queries.add(topics.ask(topics.question(STREAM, "Does it snow?")));

            queries.forEach(topics::answer);
            topics.awaitRemembered(STREAM, 12);
            topics.answers().all();
            for (Query query : queries) {
                assertAnsweredRightOften(topics, query, delivery);
            }
            assertThat(job.isRunning()).isTrue();
        }
    }

    private static void assertAnsweredRightOften(
            TopicsUnderTest topics, Query query, Delivery delivery) {
        List<Answer> answers =
                topics.answers().soFar().stream()
                        .filter(answer -> answer.getQueryId().equals(query.getQueryId()))
                        .toList();
        assertThat(answers).isNotEmpty().allMatch(answer -> answer.getFrames().getCount() >= 4);
        if (delivery == Delivery.EXACTLY_ONCE) {
            assertThat(answers).hasSize(1);
        }
    }

    @Test
    void aBrokerThatIsAwayAtTheStartIsAwaited() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                TopicsUnderTest topics = new TopicsUnderTest(broker.bootstrap())) {
            broker.stop();
            Settings settings = JobUnderTest.settings(topics);
            List<String> notes = new CopyOnWriteArrayList<>();
            CompletableFuture<JobUnderTest> starting =
                    CompletableFuture.supplyAsync(
                            () -> JobUnderTest.start(settings, TestModel.TINY, false, notes::add));
            Eventually.until(
                    "the start tells that it waits",
                    () -> notes.stream().anyMatch(note -> note.contains(broker.bootstrap())));

            broker.restart();

            try (JobUnderTest job = starting.get()) {
                topics.publish(STREAM, 1, 2);
                topics.awaitRemembered(STREAM, 2);
                assertThat(job.isRunning()).isTrue();
            }
        }
    }
}
