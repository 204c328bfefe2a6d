package dev.watchword.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.integration.rig.DirectModel;
import dev.watchword.integration.rig.JobUnderTest;
import dev.watchword.integration.rig.KafkaUnderTest;
import dev.watchword.integration.rig.TestModel;
import dev.watchword.integration.rig.TestPictures;
import dev.watchword.integration.rig.TopicsUnderTest;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Priority;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.Status;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is urgent goes before what is being answered, and that goes on afterwards. */
class PriorityTest {
    @RegisterExtension static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    private static final String STREAM = "drive";
    private static final int FRAMES = 3;
    private static final int SHORT = 12;
    private static final int LONG = 1_000;
    private static final int LONGEST = 2_500;

    @Test
    void aHigherPrioritySetsAsideWhatIsBeingAnswered() throws Exception {
        try (TopicsUnderTest topics = new TopicsUnderTest(KAFKA.bootstrap());
                DirectModel direct = new DirectModel(TestModel.TALKATIVE);
                JobUnderTest job =
                        JobUnderTest.start(
                                topics,
                                TestModel.TALKATIVE,
                                "engine.answers-at-once=1",
                                "engine.max-tokens-ceiling=" + LONGEST,
                                "engine.partial-interval=50 ms")) {
            topics.publish(STREAM, 1, FRAMES);
            topics.awaitRemembered(STREAM, FRAMES);
            Query low = ask(topics, Priority.LOW, LONGEST);
            awaitPart(topics, low);
            Query normal = ask(topics, Priority.NORMAL, LONG);
            awaitPart(topics, normal);
            Query high = ask(topics, Priority.HIGH, SHORT);

            assertThat(topics.answer(low).getStatus()).isEqualTo(Status.TRUNCATED);
            // They are of one stream, so the topic has them in their order.
            assertThat(
                            topics.answers().all().stream()
                                    .filter(answer -> answer.getStatus() != Status.PARTIAL)
                                    .map(Answer::getQueryId)
                                    .filter(isOneOf(low, normal, high)))
                    .containsExactly(high.getQueryId(), normal.getQueryId(), low.getQueryId());
            assertTellsAll(direct, topics.answer(low), LONGEST);
            assertTellsAll(direct, topics.answer(normal), LONG);
            assertTellsAll(direct, topics.answer(high), SHORT);
            assertThat(job.isRunning()).isTrue();
        }
    }

    private static Predicate<String> isOneOf(Query... queries) {
        return Stream.of(queries).map(Query::getQueryId).toList()::contains;
    }

    private static Query ask(TopicsUnderTest topics, Priority priority, int tokens) {
        return topics.ask(
                topics.question(STREAM, "Who came?")
                        .setPriority(priority)
                        .setMaxTokens(tokens)
                        .setPartial(true));
    }

    private static void awaitPart(TopicsUnderTest topics, Query query) {
        topics.answers()
                .await(
                        "a part of the answer to " + query,
                        answer ->
                                answer.getQueryId().equals(query.getQueryId())
                                        && answer.getStatus() == Status.PARTIAL);
    }

    private static void assertTellsAll(DirectModel direct, Answer answer, int tokens) {
        assertThat(answer.getText())
                .isEqualTo(
                        direct.answer(
                                LongStream.rangeClosed(1, FRAMES)
                                        .mapToObj(n -> TestPictures.of(STREAM, n)),
                                "Who came?",
                                tokens));
    }
}
