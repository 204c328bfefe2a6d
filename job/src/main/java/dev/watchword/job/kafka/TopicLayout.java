package dev.watchword.job.kafka;

/**
 * How missing topics are made.
 *
 * @param partitions of each topic; streams are spread over them
 * @param replication copies of each partition; at most the number of brokers
 * @param maxMessageBytes the largest frame, query or answer
 */
public record TopicLayout(int partitions, short replication, int maxMessageBytes) {

    public TopicLayout {
        if (partitions < 1 || replication < 1 || maxMessageBytes < 1) {
            throw new IllegalArgumentException(
                    "Partitions, replication and the largest message must be at least 1, not %d, %d and %d."
                            .formatted(partitions, replication, maxMessageBytes));
        }
    }
}
