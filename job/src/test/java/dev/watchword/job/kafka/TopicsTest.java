package dev.watchword.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchword.job.retry.Timekeeper;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TopicsTest {

    private static EmbeddedBroker broker;
    private static Admin admin;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start();
        admin = Admin.create(broker.connection().admin());
    }

    @AfterAll
    static void stop() {
        admin.close();
        broker.close();
    }

    @Test
    void makesOnlyWhatIsMissing() throws Exception {
        Topics topics = named("missing");
        TopicLayout layout = new TopicLayout(2, (short) 1, 2 << 20);
        admin.createTopics(List.of(new NewTopic(topics.queries(), 5, (short) 1))).all().get();

        assertThat(topics.createMissing(admin, layout, Timekeeper.system()))
                .containsExactly(topics.frames(), topics.answers(), topics.deadLetters());
        assertThat(topics.createMissing(admin, layout, Timekeeper.system())).isEmpty();
        assertThat(partitionsOf(topics.frames())).isEqualTo(2);
        assertThat(partitionsOf(topics.queries())).isEqualTo(5);
    }

    @Test
    void acceptsTheTopicsItMade() throws Exception {
        Topics topics = named("made");
        topics.createMissing(admin, new TopicLayout(1, (short) 1, 9 << 20), Timekeeper.system());
        assertThatCode(() -> topics.check(admin, 9 << 20)).doesNotThrowAnyException();
    }

    @Test
    void namesEveryTopicThatIsMissingOrTooSmall() throws Exception {
        Topics topics = named("wrong");
        NewTopic small =
                new NewTopic(topics.frames(), 1, (short) 1)
                        .configs(Map.of("max.message.bytes", "1048588"));
        admin.createTopics(List.of(small)).all().get();
        awaitServed(topics.frames());
        assertThatThrownBy(() -> topics.check(admin, 8 << 20))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining(
                        "The topic wrong.frames takes records of at most 1048588 bytes, but they may have 8388608")
                .hasMessageContaining("The topic wrong.queries does not exist")
                .hasMessageContaining("The topic wrong.dead-letters does not exist");
    }

    @Test
    void refusesNamesThatKafkaOrThisJobCannotUse() {
        assertThatThrownBy(() -> new Topics("a b", "q", "a", "d"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"a b\"");
        assertThatThrownBy(() -> new Topics("same", "same", "a", "d"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("four different names");
    }

    /** The broker learns of a topic a moment after its controller has made it. */
    private static void awaitServed(String topic) throws InterruptedException {
        while (true) {
            try {
                admin.describeTopics(List.of(topic)).allTopicNames().get();
                return;
            } catch (ExecutionException notYet) {
                assertThat(notYet).hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
            }
        }
    }

    private static Topics named(String prefix) {
        return new Topics(
                prefix + ".frames",
                prefix + ".queries",
                prefix + ".answers",
                prefix + ".dead-letters");
    }

    private static int partitionsOf(String topic) throws Exception {
        return admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .get(topic)
                .partitions()
                .size();
    }
}
