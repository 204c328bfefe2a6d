package dev.watchword.integration.rig;

import dev.watchword.job.kafka.KafkaConnection;
import dev.watchword.schemas.RecordCodec;
import dev.watchword.schemas.UndecodableRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic from its beginning, of transactions only what is committed, and keeps all of it. For
 * one thread.
 *
 * @param <T> what the topic holds
 */
public final class TopicReader<T extends SpecificRecord> implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int LARGEST_RECORD = 8 << 20;

    private final String topic;
    private final RecordCodec<T> codec;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final List<byte[]> values = new ArrayList<>();
    private final List<T> records = new ArrayList<>();

    TopicReader(KafkaConnection broker, String topic, RecordCodec<T> codec) {
        this.topic = topic;
        this.codec = codec;
        this.consumer =
                new KafkaConsumer<>(
                        broker.consumer(LARGEST_RECORD),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        this.partitions =
                consumer.partitionsFor(topic).stream()
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** What has been read so far, in the order of its reading. */
    public List<T> soFar() {
        return List.copyOf(records);
    }

    /** The values as they were on the topic, in the order of {@link #soFar}. */
    public List<byte[]> valuesSoFar() {
        return List.copyOf(values);
    }

    /** The first record of its kind; reads on until it comes. */
    public T await(String what, Predicate<T> kind) {
        awaitAll(what, found -> found.stream().anyMatch(kind));
        return records.stream().filter(kind).findFirst().orElseThrow();
    }

    /** Reads on until what has been read is enough, and gives it. */
    public List<T> awaitAll(String what, Predicate<List<T>> enough) {
        long begin = System.nanoTime();
        while (!enough.test(records)) {
            if (System.nanoTime() - begin > Eventually.LIMIT.toNanos()) {
                throw new AssertionError(
                        "Did not come on %s within %s: %s. What came: %s"
                                .formatted(topic, Eventually.LIMIT, what, records));
            }
            poll();
        }
        return soFar();
    }

    /** Everything that is on the topic now. */
    public List<T> all() {
        consumer.endOffsets(partitions)
                .forEach(
                        (partition, end) ->
                                Eventually.until(
                                        partition + " is read up to " + end,
                                        () -> {
                                            poll();
                                            return consumer.position(partition) >= end;
                                        }));
        return soFar();
    }

    private void poll() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            try {
                records.add(codec.decode(record.value()));
                values.add(record.value());
            } catch (UndecodableRecordException e) {
                throw new AssertionError("The job wrote a record that cannot be read", e);
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
