package dev.watchword.job.service;

import dev.watchword.job.kafka.BrokerCheck;
import dev.watchword.job.kafka.KafkaConnection;
import dev.watchword.job.kafka.TopicLayout;
import dev.watchword.job.kafka.Topics;
import dev.watchword.job.retry.Timekeeper;
import dev.watchword.job.settings.KafkaSettings;
import dev.watchword.job.settings.TopicSettings;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/** The topics that the job reads and writes: there, and as they must be, before it starts. */
final class RequiredTopics {
    private RequiredTopics() {}

    /**
     * Waits for the broker, makes the topics that are missing if the settings want it, and checks
     * them all.
     *
     * @param notes told in sentences what is being waited for
     * @throws dev.watchword.job.kafka.BrokerException if there is no broker, or a topic cannot be
     *     used
     */
    static void ensure(KafkaSettings settings, String bootstrap, Consumer<String> notes)
            throws InterruptedException {
        KafkaConnection connection = new KafkaConnection(bootstrap, settings.properties().values());
        Timekeeper timekeeper = Timekeeper.system();
        BrokerCheck.waitForBroker(connection, settings.brokerWait(), notes, timekeeper);
        TopicSettings names = settings.topics();
        Topics topics =
                new Topics(names.frames(), names.queries(), names.answers(), names.deadLetters());
        int recordBytes = settings.maxRecordSize().toIntBytes();
        try (Admin admin = Admin.create(connection.admin())) {
            if (settings.createTopics()) {
                topics.createMissing(
                        admin,
                        new TopicLayout(
                                settings.partitions(), (short) settings.replication(), recordBytes),
                        timekeeper);
            }
            topics.check(admin, recordBytes);
        }
    }
}
