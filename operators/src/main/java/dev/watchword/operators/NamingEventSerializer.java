package dev.watchword.operators;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes what {@link NameStreams} is told. */
final class NamingEventSerializer extends ValueSerializer<NamingEvent> {
    static final NamingEventSerializer INSTANCE = new NamingEventSerializer();

    @Override
    public void serialize(NamingEvent event, DataOutputView target) throws IOException {
        if (event instanceof NamingEvent.KnownStream known) {
            target.writeByte('K');
            target.writeUTF(known.name());
        } else if (event instanceof NamingEvent.OpenQuery open) {
            target.writeByte('O');
            EventCoding.writeQuery(open.query(), target);
        }
    }

    @Override
    public NamingEvent deserialize(DataInputView source) throws IOException {
        return source.readByte() == 'K'
                ? new NamingEvent.KnownStream(source.readUTF())
                : new NamingEvent.OpenQuery(EventCoding.readBareQuery(source));
    }

    @Override
    public TypeSerializerSnapshot<NamingEvent> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The serializer has no configuration. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<NamingEvent> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
