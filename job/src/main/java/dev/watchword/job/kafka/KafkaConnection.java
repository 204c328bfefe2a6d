package dev.watchword.job.kafka;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Where the brokers are and how to speak to them.
 *
 * @param bootstrap {@code HOST:PORT}, or several divided by commas; {@code [HOST]:PORT} for IPv6
 * @param properties further properties that every client gets, such as {@code security.protocol};
 *     they win over this record's own
 */
public record KafkaConnection(String bootstrap, Map<String, String> properties) {

    private static final int LEAST_PRODUCER_BUFFER_BYTES = 32 << 20;

    public KafkaConnection {
        properties = Map.copyOf(properties);
        addressesOf(bootstrap);
    }

    /** A connection without further properties. */
    public static KafkaConnection to(String bootstrap) {
        return new KafkaConnection(bootstrap, Map.of());
    }

    /** The brokers' addresses, not resolved. */
    List<InetSocketAddress> addresses() {
        return addressesOf(bootstrap);
    }

    /** Properties of an admin client. */
    public Map<String, Object> admin() {
        return completed(Map.of());
    }

    /**
     * Properties of a producer that waits for every replica and repeats nothing when it retries.
     * Nothing is compressed, for pictures are already.
     *
     * @param maxRecordBytes the largest record it may send
     */
    public Map<String, Object> producer(int maxRecordBytes) {
        return completed(
                Map.of(
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "none",
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        maxRecordBytes,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        Math.max(LEAST_PRODUCER_BUFFER_BYTES, 4L * maxRecordBytes)));
    }

    /**
     * Properties of a consumer that sees only committed records, from the beginning where it has no
     * position yet, and commits no position by itself.
     *
     * @param maxRecordBytes the largest record it must be able to fetch
     */
    public Map<String, Object> consumer(int maxRecordBytes) {
        return completed(
                Map.of(
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        maxRecordBytes));
    }

    private Map<String, Object> completed(Map<String, Object> own) {
        Map<String, Object> all = new HashMap<>(own);
        all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        all.putAll(properties);
        return all;
    }

    private static List<InetSocketAddress> addressesOf(String bootstrap) {
        return Arrays.stream(bootstrap.split(",", -1))
                .map(address -> addressOf(address.strip(), bootstrap))
                .toList();
    }

    private static InetSocketAddress addressOf(String address, String bootstrap) {
        int colon = address.lastIndexOf(':');
        String host = colon < 0 ? "" : address.substring(0, colon);
        String bare = host.matches("\\[.+]") ? host.substring(1, host.length() - 1) : host;
        String digits = address.substring(colon + 1);
        int port = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : -1;
        if (bare.isEmpty() || port < 1 || port > 65535) {
            throw new IllegalArgumentException(
                    "A broker's address is HOST:PORT, or several divided by commas, not \"%s\"."
                            .formatted(bootstrap));
        }
        return InetSocketAddress.createUnresolved(bare, port);
    }
}
