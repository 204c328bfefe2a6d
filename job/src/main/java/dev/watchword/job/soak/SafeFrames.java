package dev.watchword.job.soak;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How many frames of each stream are in a checkpoint from which the job does not go back.
 * Thread-safe.
 */
final class SafeFrames {
    private final CommittedOffsets committed;
    private final List<Deque<RecordMetadata>> waiting = new ArrayList<>();
    private final long[] safe;

    SafeFrames(CommittedOffsets committed, int streams) {
        this.committed = committed;
        this.safe = new long[streams];
        for (int i = 0; i < streams; i++) {
            waiting.add(new ArrayDeque<>());
        }
    }

    /** Notes where the next frame of a stream went. */
    synchronized void taken(int stream, RecordMetadata where) {
        waiting.get(stream).add(where);
    }

    /** How many first frames of a stream are safe. */
    synchronized long of(int stream) {
        Deque<RecordMetadata> unsafe = waiting.get(stream);
        while (!unsafe.isEmpty() && isSafe(unsafe.peek())) {
            unsafe.poll();
            safe[stream]++;
        }
        return safe[stream];
    }

    private boolean isSafe(RecordMetadata where) {
        return where.offset() < committed.of(new TopicPartition(where.topic(), where.partition()));
    }
}
