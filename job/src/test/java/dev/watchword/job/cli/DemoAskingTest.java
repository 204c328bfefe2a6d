package dev.watchword.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.kafka.EmbeddedBroker;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.FrameSpan;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.Scope;
import dev.watchword.schemas.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoAskingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Scope ALL = Scope.newBuilder().build();

    private static EmbeddedBroker broker;

    private TestTopics topics;

    private static Answer seen(Query query, int frames) {
        Status status = frames == 0 ? Status.NO_FRAMES : Status.OK;
        Answer answer = TestAnswers.answer(query, status, "from " + frames, "");
        return Answer.newBuilder(answer)
                .setFrames(FrameSpan.newBuilder().setCount(frames).build())
                .build();
    }

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void createTopics() throws InterruptedException {
        topics = TestTopics.createdAt(broker);
    }

    @Test
    void asksAgainUntilTheJobHasTheFrames() throws InterruptedException {
        AtomicInteger come = new AtomicInteger();
        try (FakeJob job =
                FakeJob.start(topics, query -> List.of(seen(query, 20 * come.getAndIncrement())))) {
            DemoAsking asking = new DemoAsking(topics.access(), PATIENCE);

            assertThat(asking.ask("north", "Is it dry?", ALL, 40).getText()).isEqualTo("from 40");
            assertThat(job.queries()).hasSize(3);
            assertThat(job.queries()).extracting(Query::getQueryId).doesNotHaveDuplicates();
        }
    }

    @Test
    void takesARefusalAsItIs() throws InterruptedException {
        try (FakeJob job =
                FakeJob.start(
                        topics,
                        query ->
                                List.of(
                                        TestAnswers.answer(
                                                query, Status.REJECTED, "", "too long")))) {
            DemoAsking asking = new DemoAsking(topics.access(), PATIENCE);

            assertThat(asking.ask("north", "Who?", ALL, 40).getStatus()).isEqualTo(Status.REJECTED);
            assertThat(job.queries()).hasSize(1);
        }
    }
}
