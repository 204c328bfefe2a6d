package dev.watchword.operators;

import dev.watchword.schemas.DeadLetter;
import dev.watchword.schemas.RecordCodec;
import dev.watchword.schemas.RecordCodecs;
import dev.watchword.schemas.RecordFormat;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes dead letters on their way to the sink, where they are not chained. */
final class DeadLetterSerializer extends ValueSerializer<DeadLetter> {
    static final DeadLetterSerializer INSTANCE = new DeadLetterSerializer();

    private static final RecordCodec<DeadLetter> CODEC =
            RecordCodecs.of(DeadLetter.class, RecordFormat.AVRO);

    @Override
    public void serialize(DeadLetter value, DataOutputView target) throws IOException {
        writeBytes(CODEC.encode(value), target);
    }

    @Override
    public DeadLetter deserialize(DataInputView source) throws IOException {
        return EventCoding.read(CODEC, source);
    }

    @Override
    public TypeSerializerSnapshot<DeadLetter> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The serializer has no configuration. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<DeadLetter> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
