package dev.watchword.operators;

import dev.watchword.memory.PartCoding;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes what {@link CombineStreams} gets. */
final class CombineEventSerializer extends ValueSerializer<CombineEvent> {
    static final CombineEventSerializer INSTANCE = new CombineEventSerializer();

    @Override
    public void serialize(CombineEvent event, DataOutputView target) throws IOException {
        if (event instanceof CombineEvent.Asked asked) {
            target.writeByte('A');
            EventCoding.writeQuery(asked.query(), target);
            EventCoding.writeNames(asked.streams(), target);
            EventCoding.writeNames(asked.unmatched(), target);
        } else if (event instanceof CombineEvent.Withdrawn withdrawn) {
            target.writeByte('W');
            EventCoding.writeQuery(withdrawn.query(), target);
        } else if (event instanceof CombineEvent.Part part) {
            target.writeByte('P');
            StringValue.writeString(part.key(), target);
            writeBytes(PartCoding.encode(part.part()), target);
        }
    }

    @Override
    public CombineEvent deserialize(DataInputView source) throws IOException {
        return switch (source.readByte()) {
            case 'A' ->
                    new CombineEvent.Asked(
                            EventCoding.readBareQuery(source),
                            EventCoding.readNames(source),
                            EventCoding.readNames(source));
            case 'W' -> new CombineEvent.Withdrawn(EventCoding.readBareQuery(source));
            default ->
                    new CombineEvent.Part(
                            StringValue.readString(source), PartCoding.decode(readBytes(source)));
        };
    }

    @Override
    public TypeSerializerSnapshot<CombineEvent> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The serializer has no configuration. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<CombineEvent> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
