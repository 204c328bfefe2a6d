package dev.watchword.integration.rig;

import dev.watchword.job.kafka.KafkaConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka's Java client with strings for keys and values. */
record StringClient(String bootstrap) implements ConsoleClient {
    private static final Duration POLL = Duration.ofMillis(50);

    @Override
    public void put(String topic, String key, String value) throws InterruptedException {
        Map<String, Object> properties =
                KafkaConnection.to(bootstrap).producer(TopicsUnderTest.LARGEST_RECORD);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        } catch (ExecutionException e) {
            throw new AssertionError("The broker did not take " + value, e);
        }
    }

    @Override
    public List<String> read(String topic) {
        Map<String, Object> properties =
                KafkaConnection.to(bootstrap).consumer(TopicsUnderTest.LARGEST_RECORD);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(
                        properties, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(partition -> new TopicPartition(topic, partition.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<String> values = new ArrayList<>();
            Eventually.until(
                    "all of " + topic + " is read",
                    () -> {
                        consumer.poll(POLL).forEach(record -> values.add(record.value()));
                        return ends.entrySet().stream()
                                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
                    });
            return values;
        }
    }
}
