package dev.watchword.job.cli;

import dev.watchword.schemas.Answer;
import dev.watchword.schemas.RecordCodec;
import dev.watchword.schemas.Status;
import dev.watchword.schemas.UndecodableRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topic of answers from a position that is fixed when it is made. It belongs to no group,
 * so it takes nothing away from other readers. For one thread.
 */
final class AnswersReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AnswersReader.class);

    /** Closing a consumer waits for its last fetch: a person would wait for it too. */
    private static final int LONGEST_FETCH_MILLISECONDS = 50;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final RecordCodec<Answer> codec;
    private final Map<TopicPartition, Long> endAtStart;

    private AnswersReader(
            KafkaConsumer<byte[], byte[]> consumer,
            RecordCodec<Answer> codec,
            Collection<TopicPartition> partitions) {
        this.consumer = consumer;
        this.codec = codec;
        consumer.assign(partitions);
        endAtStart = consumer.endOffsets(partitions);
    }

    /** A reader of every answer there is. */
    static AnswersReader fromBeginning(BrokerAccess broker, Collection<TopicPartition> partitions) {
        AnswersReader reader = open(broker, partitions);
        reader.consumer.seekToBeginning(partitions);
        return reader;
    }

    /** A reader of every answer that becomes visible after this has returned. */
    static AnswersReader fromEnd(BrokerAccess broker) throws InterruptedException {
        return fromEnd(broker, broker.partitions(broker.settings().topics().answers()));
    }

    /** As {@link #fromEnd(BrokerAccess)}, of some partitions alone. */
    static AnswersReader fromEnd(BrokerAccess broker, Collection<TopicPartition> partitions) {
        AnswersReader reader = open(broker, partitions);
        reader.endAtStart.forEach(reader.consumer::seek);
        return reader;
    }

    private static AnswersReader open(BrokerAccess broker, Collection<TopicPartition> partitions) {
        Map<String, Object> properties =
                broker.connection().consumer(broker.settings().maxRecordSize().toIntBytes());
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, LONGEST_FETCH_MILLISECONDS);
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            return new AnswersReader(consumer, Codecs.answers(broker.settings()), partitions);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /**
     * The next answers, or none if none comes in time. One that cannot be read is passed over, and
     * so are parts of answers that are being written.
     */
    List<Answer> poll(Duration timeout) throws InterruptedException {
        return pollWithParts(timeout).stream()
                .filter(answer -> answer.getStatus() != Status.PARTIAL)
                .toList();
    }

    /** As {@link #poll}, with the parts of answers that are being written. */
    List<Answer> pollWithParts(Duration timeout) throws InterruptedException {
        List<Answer> answers = new ArrayList<>();
        try {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(timeout)) {
                decode(record).ifPresent(answers::add);
            }
        } catch (InterruptException e) {
            // Cleared, as by whatever else throws this; the consumer had set it again.
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException().initCause(e);
        }
        return answers;
    }

    /** Whether everything has been read that was there when this reader was made. */
    boolean hasReadWhatWasThere() {
        return endAtStart.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private Optional<Answer> decode(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(codec.decode(record.value()));
        } catch (UndecodableRecordException e) {
            LOG.warn(
                    "Passed over a record in {}, partition {}, offset {}: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
