package dev.watchword.job.cli;

import dev.watchword.job.kafka.BrokerCheck;
import dev.watchword.job.kafka.BrokerException;
import dev.watchword.job.kafka.KafkaConnection;
import dev.watchword.job.kafka.TopicLayout;
import dev.watchword.job.kafka.Topics;
import dev.watchword.job.retry.Timekeeper;
import dev.watchword.job.settings.KafkaSettings;
import dev.watchword.job.settings.TopicSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The broker as a command's settings lead to it.
 *
 * @param settings where it is, and what its topics are called
 * @param progress told, in a sentence, what is being waited for
 * @param timekeeper on which the waiting is done
 */
record BrokerAccess(KafkaSettings settings, Consumer<String> progress, Timekeeper timekeeper) {
    KafkaConnection connection() {
        return new KafkaConnection(settings.clientBootstrap(), settings.properties().values());
    }

    /**
     * Returns when a broker answers.
     *
     * @throws BrokerException when none does in time
     */
    void await(Duration timeout) throws InterruptedException {
        BrokerCheck.waitForBroker(connection(), timeout, progress, timekeeper);
    }

    /**
     * Creates the topics that do not exist, if the settings want it. One that exists is not
     * touched, so that a reader's permissions are enough where all exist.
     *
     * @throws BrokerException when one is missing and must not, or cannot, be created
     */
    void requireTopics() throws InterruptedException {
        try (Admin admin = Admin.create(connection().admin())) {
            for (String topic : topics().names()) {
                if (partitions(admin, topic).isEmpty()) {
                    createMissing(admin, topic);
                    return;
                }
            }
        }
    }

    private void createMissing(Admin admin, String missing) throws InterruptedException {
        if (!settings.createTopics()) {
            throw new BrokerException(
                    "The topic %s does not exist at %s: create it, or let this program do so with --set kafka.create-topics=true."
                            .formatted(missing, settings.clientBootstrap()));
        }
        topics().createMissing(
                        admin,
                        new TopicLayout(
                                settings.partitions(),
                                (short) settings.replication(),
                                settings.maxRecordSize().toIntBytes()),
                        timekeeper);
    }

    /** The topic's partitions; none when there is no such topic. */
    List<TopicPartition> partitions(String topic) throws InterruptedException {
        try (Admin admin = Admin.create(connection().admin())) {
            return partitions(admin, topic);
        }
    }

    private static List<TopicPartition> partitions(Admin admin, String topic)
            throws InterruptedException {
        try {
            TopicDescription description =
                    admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
            return IntStream.range(0, description.partitions().size())
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return List.of();
            }
            throw new BrokerException(
                    "The broker does not tell about the topic %s: %s"
                            .formatted(topic, e.getCause().getMessage()),
                    e.getCause());
        }
    }

    private Topics topics() {
        TopicSettings names = settings.topics();
        return new Topics(names.frames(), names.queries(), names.answers(), names.deadLetters());
    }
}
