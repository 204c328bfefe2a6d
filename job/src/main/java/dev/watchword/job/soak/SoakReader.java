package dev.watchword.job.soak;

import dev.watchword.job.kafka.KafkaConnection;
import dev.watchword.schemas.RecordCodec;
import dev.watchword.schemas.RecordCodecs;
import dev.watchword.schemas.RecordFormat;
import dev.watchword.schemas.UndecodableRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic from its beginning. For one thread.
 *
 * @param <T> what the topic holds
 */
final class SoakReader<T extends SpecificRecord> implements AutoCloseable {
    private static final int LARGEST_RECORD = 1 << 20;

    private final RecordCodec<T> codec;
    private final KafkaConsumer<byte[], byte[]> consumer;

    SoakReader(KafkaConnection connection, String topic, Class<T> type) {
        this.codec = RecordCodecs.of(type, RecordFormat.AVRO);
        this.consumer =
                new KafkaConsumer<>(
                        connection.consumer(LARGEST_RECORD),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                consumer.partitionsFor(topic).stream()
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** What has come; waits so long for something. */
    List<T> poll(Duration longest) {
        List<T> found = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(longest)) {
            try {
                found.add(codec.decode(record.value()));
            } catch (UndecodableRecordException e) {
                throw new IllegalStateException("The job wrote a record that cannot be read", e);
            }
        }
        return found;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
