package dev.watchword.operators;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes events on their way to the operators. */
final class StreamEventSerializer extends ValueSerializer<StreamEvent> {
    static final StreamEventSerializer INSTANCE = new StreamEventSerializer();

    @Override
    public void serialize(StreamEvent event, DataOutputView target) throws IOException {
        if (event instanceof FrameEvent frame) {
            target.writeByte('F');
            EventCoding.writeFrame(frame, target);
        } else if (event instanceof QueryEvent query) {
            target.writeByte('Q');
            EventCoding.writeQuery(query, target);
        }
    }

    @Override
    public StreamEvent deserialize(DataInputView source) throws IOException {
        return source.readByte() == 'F'
                ? EventCoding.readFrame(source)
                : EventCoding.readQuery(source);
    }

    @Override
    public TypeSerializerSnapshot<StreamEvent> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The serializer has no configuration. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<StreamEvent> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
