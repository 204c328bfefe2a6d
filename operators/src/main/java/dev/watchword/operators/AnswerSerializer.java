package dev.watchword.operators;

import dev.watchword.schemas.Answer;
import dev.watchword.schemas.RecordCodec;
import dev.watchword.schemas.RecordCodecs;
import dev.watchword.schemas.RecordFormat;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes answers on their way to the sink, where they are not chained. */
final class AnswerSerializer extends ValueSerializer<Answer> {
    static final AnswerSerializer INSTANCE = new AnswerSerializer();

    private static final RecordCodec<Answer> CODEC =
            RecordCodecs.of(Answer.class, RecordFormat.AVRO);

    @Override
    public void serialize(Answer value, DataOutputView target) throws IOException {
        writeBytes(CODEC.encode(value), target);
    }

    @Override
    public Answer deserialize(DataInputView source) throws IOException {
        return EventCoding.read(CODEC, source);
    }

    @Override
    public TypeSerializerSnapshot<Answer> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The serializer has no configuration. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Answer> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
