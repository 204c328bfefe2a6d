package dev.watchword.job.topology;

import dev.watchword.job.kafka.Topics;
import dev.watchword.job.settings.Delivery;
import dev.watchword.job.settings.KafkaSettings;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.DeadLetter;
import dev.watchword.schemas.RecordFormat;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The sources and sinks of the job. */
final class KafkaEnds {
    private final KafkaSettings settings;
    private final String bootstrap;

    KafkaEnds(KafkaSettings settings, String bootstrap) {
        this.settings = settings;
        this.bootstrap = bootstrap;
    }

    /** A source of a topic's records, as they are. */
    KafkaSource<RawRecord> source(String topic) {
        Properties properties = clientProperties();
        String recordSize = Long.toString(settings.maxRecordSize().bytes());
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, recordSize);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return KafkaSource.<RawRecord>builder()
                .setBootstrapServers(bootstrap)
                .setGroupId(settings.group())
                .setTopics(topic)
                .setStartingOffsets(start())
                .setProperties(properties)
                .setDeserializer(new RawRecords())
                .build();
    }

    @SuppressWarnings("deprecation") // The connector knows no newer name for where to begin.
    private OffsetsInitializer start() {
        return switch (settings.startFrom()) {
            case COMMITTED_ELSE_EARLIEST ->
                    OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
            case EARLIEST -> OffsetsInitializer.earliest();
            case LATEST -> OffsetsInitializer.latest();
        };
    }

    /** The sink of answers. */
    KafkaSink<Answer> answers() {
        return sink(
                "answers",
                settings.maxRecordSize().toIntBytes(),
                new RecordWriter<>(
                        settings.topics().answers(),
                        Answer.class,
                        settings.answersFormat(),
                        Answer::getStream));
    }

    /** The sink of dead letters; in Avro always, since they hold bytes. */
    KafkaSink<DeadLetter> deadLetters() {
        return sink(
                "dead-letters",
                Topics.deadLetterBytes(settings.maxRecordSize().toIntBytes()),
                new RecordWriter<>(
                        settings.topics().deadLetters(),
                        DeadLetter.class,
                        RecordFormat.AVRO,
                        letter -> letter.getStream().orElse("")));
    }

    private <T extends SpecificRecord> KafkaSink<T> sink(
            String name, int largest, RecordWriter<T> writer) {
        boolean exactlyOnce = settings.delivery() == Delivery.EXACTLY_ONCE;
        Properties properties = clientProperties();
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(largest));
        properties.put(ProducerConfig.LINGER_MS_CONFIG, "0");
        if (exactlyOnce) {
            properties.put(
                    ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                    Long.toString(settings.transactionTimeout().toMillis()));
        }
        return KafkaSink.<T>builder()
                .setBootstrapServers(bootstrap)
                .setKafkaProducerConfig(properties)
                .setRecordSerializer(writer)
                .setDeliveryGuarantee(
                        exactlyOnce
                                ? DeliveryGuarantee.EXACTLY_ONCE
                                : DeliveryGuarantee.AT_LEAST_ONCE)
                .setTransactionalIdPrefix(settings.transactionPrefix() + "-" + name)
                .build();
    }

    private Properties clientProperties() {
        return settings.properties().toProperties();
    }
}
