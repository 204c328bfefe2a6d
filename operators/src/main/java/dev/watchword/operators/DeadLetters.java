package dev.watchword.operators;

import dev.watchword.schemas.DeadLetter;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.apache.flink.util.OutputTag;

/** Records that could not be used, on their way to the topic of dead letters. */
public final class DeadLetters {
    /** The side output of the operators that set records aside. */
    public static final OutputTag<DeadLetter> OUTPUT =
            new OutputTag<>("dead-letters", EventTypes.DEAD_LETTER);

    /** Of a longer record only so many bytes are kept. */
    public static final int MOST_BYTES = 256 * 1024;

    private DeadLetters() {}

    /**
     * A dead letter.
     *
     * @param stream its name; cut where it is too long for one
     * @param reason what is wrong; cut where it is very long
     * @param record the record's value as it came
     * @param at the moment of setting aside
     */
    public static DeadLetter of(
            RecordOrigin origin,
            Optional<String> stream,
            String reason,
            byte[] record,
            Instant at) {
        byte[] kept = record.length <= MOST_BYTES ? record : Arrays.copyOf(record, MOST_BYTES);
        return DeadLetter.newBuilder()
                .setTopic(origin.topic())
                .setPartition(origin.partition())
                .setOffset(origin.offset())
                .setStream(stream.map(Shortened::stream).orElse(null))
                .setReason(Shortened.reason(reason))
                .setAt(at)
                .setRecord(ByteBuffer.wrap(kept))
                .setSize(record.length)
                .build();
    }
}
