package dev.watchword.job.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchword.job.kafka.EmbeddedBroker;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.FrameSpan;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoAskingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Instant FIRST = Instant.parse("2026-03-01T14:30:00Z");
    private static final Instant LAST = FIRST.plusMillis(1950);

    private static EmbeddedBroker broker;

    private TestTopics topics;

    private static Answer seen(Query query, int frames) {
        Answer answer = TestAnswers.answer(query, Status.OK, "from " + frames, "");
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

    private Answer ask(DemoAsking asking, int frames) throws InterruptedException {
        return asking.ask("north", "Is it dry?", FIRST, LAST, frames, Optional.empty());
    }

    @Test
    void asksOnceAndAsOfTheLastFrame() throws InterruptedException {
        try (FakeJob job = FakeJob.start(topics, query -> List.of(seen(query, 40)))) {
            DemoAsking asking = new DemoAsking(topics.access(), PATIENCE);

            assertThat(ask(asking, 40).getText()).isEqualTo("from 40");
            assertThat(job.queries())
                    .singleElement()
                    .satisfies(
                            query -> {
                                assertThat(query.getAsOf()).contains(LAST);
                                assertThat(query.getScope().get().getFrom()).contains(FIRST);
                                assertThat(query.getFollowUpTo()).isEmpty();
                            });
        }
    }

    @Test
    void asksBehindTheQuestionBefore() throws InterruptedException {
        try (FakeJob job = FakeJob.start(topics, query -> List.of(seen(query, 40)))) {
            DemoAsking asking = new DemoAsking(topics.access(), PATIENCE);
            String before = ask(asking, 40).getQueryId();
            asking.ask("north", "And the lamp?", FIRST, LAST, 40, Optional.of(before));

            assertThat(job.queries().get(1).getFollowUpTo()).contains(before);
        }
    }

    @Test
    void doesNotTakeAnAnswerThatRestsOnOtherFrames() throws InterruptedException {
        try (FakeJob job = FakeJob.start(topics, query -> List.of(seen(query, 39)))) {
            DemoAsking asking = new DemoAsking(topics.access(), PATIENCE);

            assertThatThrownBy(() -> ask(asking, 40))
                    .isInstanceOf(CommandFailedException.class)
                    .hasMessageContaining("39 frames of 'north', not on 40");
            assertThat(job.queries()).hasSize(1);
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

            assertThat(ask(asking, 40).getStatus()).isEqualTo(Status.REJECTED);
            assertThat(job.queries()).hasSize(1);
        }
    }
}
