package dev.watchword.job.settings;

import dev.watchword.schemas.RecordFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** The broker, the topics, and how records are read and written. */
public record KafkaSettings(
        @Meaning(
                        "The brokers, HOST:PORT and more of them behind commas. 'embedded' starts one inside the job's own process, for trials.")
                @Default("embedded")
                String bootstrap,
        @Meaning(
                        "Where the embedded broker listens on 127.0.0.1, and where the other commands look for it; 0 takes any free port.")
                @Default("9092")
                int embeddedPort,
        @Meaning("The names of the topics.") TopicSettings topics,
        @Meaning("How many partitions a topic gets that does not exist yet.") @Default("4")
                int partitions,
        @Meaning("On how many brokers each partition of such a topic is kept.") @Default("1")
                int replication,
        @Meaning("Whether topics that do not exist are created.") @Default("true")
                boolean createTopics,
        @Meaning("The consumer group under which the job's progress is kept at the broker.")
                @Default("watchword")
                String group,
        @Meaning(
                        "at-least-once: an answer is visible at once; after a failure it may come again, with the same answer_id. exactly-once: it is visible with the next checkpoint, once.")
                @Default("at-least-once")
                Delivery delivery,
        @Meaning(
                        "With exactly-once: how the names of the job's transactions begin. Two jobs on one broker need different ones.")
                @Default("watchword")
                String transactionPrefix,
        @Meaning(
                        "With exactly-once: how long a transaction may stay open. Longer than job.checkpoint-interval, and no longer than the broker's transaction.max.timeout.ms.")
                @Default("15 min")
                Duration transactionTimeout,
        @Meaning("The largest record that is sent or read; the broker must allow as much.")
                @Default("8 mib")
                DataSize maxRecordSize,
        @Meaning("In what form this program writes questions. The job reads both.") @Default("avro")
                RecordFormat queriesFormat,
        @Meaning("In what form the job writes answers. This program's commands read both.")
                @Default("avro")
                RecordFormat answersFormat,
        @Meaning("Where a job without a checkpoint to continue from begins to read.")
                @Default("committed-else-earliest")
                StartFrom startFrom,
        @Meaning("How long to wait at the start for a broker that does not answer.")
                @Default("1 min")
                Duration brokerWait,
        @Meaning(
                        "A directory of Avro schemas, one in a file, of writers that are newer than this program.")
                @Default("")
                Optional<Path> schemaDirectory,
        @Meaning(
                        "Properties passed to every Kafka client as they are, such as security.protocol. In their values ${env:NAME} becomes an environment variable, and ${file:/path} a file's text, so that secrets need not be written down here.")
                @Default("")
                ClientProperties properties) {
    private static final String EMBEDDED = "embedded";
    private static final String ADDRESS = "([^\\s,:/\\[\\]]+|\\[[0-9a-fA-F:.]+\\]):\\d{1,5}";
    private static final Pattern BOOTSTRAP =
            Pattern.compile("%s|%s(\\s*,\\s*%s)*".formatted(EMBEDDED, ADDRESS, ADDRESS));
    private static final DataSize SMALLEST_RECORD = DataSize.parse("64 kib");
    private static final DataSize LARGEST_RECORD = DataSize.parse("1 gib");
    private static final Pattern WORD = Pattern.compile("[^\\s]{1,200}");

    public KafkaSettings {
        Check.matches(
                "bootstrap",
                bootstrap,
                BOOTSTRAP,
                "be 'embedded', or HOST:PORT and more of them behind commas");
        Check.between("embedded-port", embeddedPort, 0, 65_535);
        Check.between("partitions", partitions, 1, 10_000);
        Check.between("replication", replication, 1, 100);
        Check.matches("group", group, WORD, "be 1 to 200 characters without blanks");
        Check.matches(
                "transaction-prefix",
                transactionPrefix,
                WORD,
                "be 1 to 200 characters without blanks");
        Check.positive("transaction-timeout", transactionTimeout);
        Check.between("max-record-size", maxRecordSize, SMALLEST_RECORD, LARGEST_RECORD);
        Check.notNegative("broker-wait", brokerWait);
    }

    /** Whether the broker is started inside the job's own process. */
    public boolean embedded() {
        return bootstrap.equals(EMBEDDED);
    }

    /** The brokers' addresses as a Kafka client outside that process needs them. */
    public String clientBootstrap() {
        return embedded() ? "127.0.0.1:" + embeddedPort : bootstrap;
    }
}
