package dev.watchword.job.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes and reads records of a test's broker. */
public final class Records {

    private static final int MAX_RECORD_BYTES = EmbeddedBrokerSettings.DEFAULT_MAX_MESSAGE_BYTES;

    private Records() {}

    public static KafkaProducer<String, byte[]> producer(KafkaConnection connection) {
        return new KafkaProducer<>(
                connection.producer(MAX_RECORD_BYTES),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    static void write(KafkaConnection connection, String topic, String key, byte[] value)
            throws InterruptedException, ExecutionException {
        try (KafkaProducer<String, byte[]> producer = producer(connection)) {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        }
    }

    /** Everything that partition 0 of the topic holds now. */
    public static List<ConsumerRecord<String, byte[]>> read(
            KafkaConnection connection, String topic) {
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        connection.consumer(MAX_RECORD_BYTES),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            List<TopicPartition> partitions = List.of(partition);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            while (consumer.position(partition) < ends.get(partition)) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }
}
