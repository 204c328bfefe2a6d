package dev.watchword.operators;

import dev.watchword.engine.EncodedPicture;
import java.io.IOException;
import java.time.Instant;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes events between the operators, where they are not chained. */
final class EncodedEventSerializer extends ValueSerializer<EncodedEvent> {
    static final EncodedEventSerializer INSTANCE = new EncodedEventSerializer();

    @Override
    public void serialize(EncodedEvent event, DataOutputView target) throws IOException {
        if (event instanceof EncodedFrame frame) {
            target.writeByte('F');
            target.writeUTF(frame.stream());
            target.writeLong(frame.sequence());
            target.writeLong(frame.capturedAt().toEpochMilli());
            writeBytes(frame.picture().tokens(), target);
            writeBytes(frame.picture().features(), target);
        } else if (event instanceof QueryEvent query) {
            target.writeByte('Q');
            EventCoding.writeQuery(query, target);
        }
    }

    @Override
    public EncodedEvent deserialize(DataInputView source) throws IOException {
        return source.readByte() == 'F' ? readFrame(source) : EventCoding.readQuery(source);
    }

    private static EncodedFrame readFrame(DataInputView source) throws IOException {
        return new EncodedFrame(
                source.readUTF(),
                source.readLong(),
                Instant.ofEpochMilli(source.readLong()),
                new EncodedPicture(readBytes(source), readBytes(source)));
    }

    @Override
    public TypeSerializerSnapshot<EncodedEvent> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The serializer has no configuration. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<EncodedEvent> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
