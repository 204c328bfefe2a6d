package dev.watchword.job.soak;

import dev.watchword.job.kafka.KafkaConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the job has read in its last checkpoint. It tells the broker after the checkpoint is
 * finished: of records before that, all that comes of them is in a state from which it never goes
 * back. Thread-safe.
 */
final class CommittedOffsets implements AutoCloseable {
    private static final int PATIENCE_MILLISECONDS = 5_000;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    private final Admin admin;
    private final String group;
    private final Map<TopicPartition, Long> offsets = new HashMap<>();
    private Optional<KafkaFuture<Map<TopicPartition, OffsetAndMetadata>>> asked = Optional.empty();
    private long looked;

    CommittedOffsets(KafkaConnection connection, String group) {
        this.admin = Admin.create(connection.admin());
        this.group = group;
    }

    /** Learns what is new; never waits. */
    synchronized void look() throws InterruptedException {
        if (asked.isEmpty() && System.nanoTime() - looked > BETWEEN_LOOKS.toNanos()) {
            looked = System.nanoTime();
            asked =
                    Optional.of(
                            admin.listConsumerGroupOffsets(
                                            group,
                                            new ListConsumerGroupOffsetsOptions()
                                                    .timeoutMs(PATIENCE_MILLISECONDS))
                                    .partitionsToOffsetAndMetadata());
        } else if (asked.isPresent() && asked.get().isDone()) {
            try {
                asked.get()
                        .get()
                        .forEach(
                                (partition, offset) -> {
                                    if (offset != null) {
                                        offsets.merge(partition, offset.offset(), Math::max);
                                    }
                                });
            } catch (ExecutionException e) {
                // The broker is away: a fault of ours. It is asked again.
            }
            asked = Optional.empty();
        }
    }

    /** The offset before which everything is safe. */
    synchronized long of(TopicPartition partition) {
        return offsets.getOrDefault(partition, 0L);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
