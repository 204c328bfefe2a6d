package dev.watchword.job.cli;

import dev.watchword.job.kafka.BrokerException;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.QueryStreams;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Puts questions on their topic. */
final class QuestionSender {
    private QuestionSender() {}

    /**
     * Returns when the broker has the query.
     *
     * @param query its streams become the record's key
     * @throws BrokerException when the broker does not take it in time
     */
    static void send(BrokerAccess broker, Query query, Duration timeout)
            throws InterruptedException {
        Map<String, Object> properties =
                broker.connection().producer(broker.settings().maxRecordSize().toIntBytes());
        int milliseconds = Math.max(1, Math.toIntExact(timeout.toMillis()));
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, milliseconds);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, milliseconds);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, milliseconds);
        String topic = broker.settings().topics().queries();
        byte[] value = Codecs.queries(broker.settings()).encode(query);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(
                        properties, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, QueryStreams.together(query), value)).get();
        } catch (ExecutionException e) {
            throw refused(topic, e.getCause());
        } catch (KafkaException e) {
            throw refused(topic, e);
        }
    }

    private static BrokerException refused(String topic, Throwable cause) {
        return new BrokerException(
                "The broker did not take the question into %s: %s"
                        .formatted(topic, cause.getMessage()),
                cause);
    }
}
