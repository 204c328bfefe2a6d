package dev.watchword.job.camera;

import dev.watchword.job.kafka.BrokerException;
import dev.watchword.job.kafka.KafkaConnection;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka's client for frames, shared by all cameras of a process. */
final class FrameProducer {

    private static final int REQUEST_TIMEOUT_MILLISECONDS = 10_000;

    // Frames that are not taken in this time wait with the publisher, which knows which to drop.
    private static final int DELIVERY_TIMEOUT_MILLISECONDS = 20_000;
    private static final int MOST_BLOCKING_MILLISECONDS = 5_000;

    private FrameProducer() {}

    static Producer<String, byte[]> open(KafkaConnection connection, int maxMessageBytes) {
        Map<String, Object> properties = connection.producer(maxMessageBytes);
        properties.putIfAbsent(
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLISECONDS);
        properties.putIfAbsent(
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MILLISECONDS);
        properties.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, MOST_BLOCKING_MILLISECONDS);
        properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 0);
        // Each frame goes alone: in a batch that the broker refuses as too large, and the client
        // then splits, the good ones can be overtaken by what was sent after them.
        properties.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, 0);
        try {
            return new KafkaProducer<>(
                    properties, new StringSerializer(), new ByteArraySerializer());
        } catch (KafkaException unusable) {
            Throwable reason = unusable.getCause() == null ? unusable : unusable.getCause();
            throw new BrokerException(
                    "The connection to Kafka at %s cannot be used: %s"
                            .formatted(connection.bootstrap(), reason.getMessage()),
                    unusable);
        }
    }
}
