package dev.watchword.integration.upgrade;

import dev.watchword.job.kafka.KafkaConnection;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How many records partitions held when a savepoint was written. A job that goes on from it reads on
 * behind them: at another broker there must be as many.
 *
 * @param ends by {@code TOPIC-PARTITION}
 */
record TopicOffsets(Map<String, Long> ends) {
    private static final int LARGEST_RECORD = 1 << 20;

    static TopicOffsets of(String bootstrap, List<String> topics) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        KafkaConnection.to(bootstrap).consumer(LARGEST_RECORD),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (String topic : topics) {
                consumer.partitionsFor(topic)
                        .forEach(one -> partitions.add(new TopicPartition(topic, one.partition())));
            }
            Map<String, Long> ends = new TreeMap<>();
            consumer.endOffsets(partitions)
                    .forEach((partition, end) -> ends.put(partition.toString(), end));
            return new TopicOffsets(ends);
        }
    }

    static TopicOffsets read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return new TopicOffsets(
                properties.stringPropertyNames().stream()
                        .collect(
                                Collectors.toMap(
                                        name -> name,
                                        name -> Long.parseLong(properties.getProperty(name)))));
    }

    void write(Path file) throws IOException {
        Files.write(
                file,
                new TreeMap<>(ends)
                        .entrySet().stream()
                                .map(end -> end.getKey() + "=" + end.getValue())
                                .toList());
    }

    /** Puts as many records on empty topics; they are never read. */
    void fill(String bootstrap) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        KafkaConnection.to(bootstrap).producer(LARGEST_RECORD),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            ends.forEach(
                    (name, end) -> {
                        int dash = name.lastIndexOf('-');
                        String topic = name.substring(0, dash);
                        int partition = Integer.parseInt(name.substring(dash + 1));
                        for (long i = 0; i < end; i++) {
                            producer.send(
                                    new ProducerRecord<>(topic, partition, null, new byte[0]));
                        }
                    });
            producer.flush();
        }
    }
}
