package dev.watchword.job.topology;

import dev.watchword.operators.DeadLetters;
import dev.watchword.operators.StreamEvent;
import dev.watchword.schemas.RecordCodec;
import dev.watchword.schemas.UndecodableRecordException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Makes events of raw records. One that cannot be decoded, or is no event, becomes a dead letter.
 *
 * @param <T> the records' type
 */
abstract class DecodeRecords<T extends SpecificRecord>
        extends ProcessFunction<RawRecord, StreamEvent> {
    private final String kind;

    private transient RecordCodec<T> codec;
    private transient Counter decoded;
    private transient Counter undecodable;

    /**
     * @param kind what the records are, in metrics: {@code frames} or {@code queries}
     */
    DecodeRecords(String kind) {
        this.kind = kind;
    }

    /** The codec of this task. */
    abstract RecordCodec<T> newCodec() throws Exception;

    /** Why a record is not taken, and what to change; empty where it is taken. */
    abstract Optional<String> fault(T record);

    /** Hands on what a record without fault holds. */
    abstract void emit(T record, RawRecord raw, Context context, Collector<StreamEvent> out);

    /** The stream that a record names. */
    abstract Optional<String> stream(T record);

    @Override
    public void open(OpenContext context) throws Exception {
        codec = newCodec();
        MetricGroup metrics = getRuntimeContext().getMetricGroup().addGroup("watchword");
        decoded = metrics.counter(kind + "_decoded");
        undecodable = metrics.counter(kind + "_undecodable");
    }

    @Override
    public void processElement(RawRecord raw, Context context, Collector<StreamEvent> out) {
        try {
            T record = codec.decode(raw.value());
            Optional<String> fault = fault(record);
            if (fault.isPresent()) {
                setAside(raw, stream(record), fault.get(), context);
            } else {
                decoded.inc();
                emit(record, raw, context, out);
            }
        } catch (UndecodableRecordException e) {
            setAside(raw, stream(e.legibleFields()), e.getMessage(), context);
            refused(e, context);
        }
    }

    /** Is told of a record that was set aside because it could not be decoded. */
    void refused(UndecodableRecordException fault, Context context) {}

    private static Optional<String> stream(Map<String, String> legible) {
        return Optional.ofNullable(legible.get("stream"));
    }

    private void setAside(RawRecord raw, Optional<String> stream, String reason, Context context) {
        undecodable.inc();
        context.output(
                DeadLetters.OUTPUT,
                DeadLetters.of(raw.origin(), stream, reason, raw.value(), now(context)));
    }

    static Instant now(ProcessFunction<RawRecord, StreamEvent>.Context context) {
        return Instant.ofEpochMilli(context.timerService().currentProcessingTime());
    }
}
