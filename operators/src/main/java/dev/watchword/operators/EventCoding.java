package dev.watchword.operators;

import dev.watchword.schemas.Frame;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.RecordCodec;
import dev.watchword.schemas.RecordCodecs;
import dev.watchword.schemas.RecordFormat;
import dev.watchword.schemas.UndecodableRecordException;
import java.io.IOException;
import java.util.List;
import org.apache.avro.generic.IndexedRecord;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** How events are written between tasks. */
final class EventCoding {
    private static final RecordCodec<Frame> FRAMES =
            RecordCodecs.of(Frame.class, RecordFormat.AVRO);
    private static final RecordCodec<Query> QUERIES =
            RecordCodecs.of(Query.class, RecordFormat.AVRO);

    private EventCoding() {}

    static void writeFrame(FrameEvent event, DataOutputView target) throws IOException {
        target.writeUTF(event.origin().topic());
        target.writeInt(event.origin().partition());
        target.writeLong(event.origin().offset());
        ValueSerializer.writeBytes(FRAMES.encode(event.frame()), target);
    }

    static FrameEvent readFrame(DataInputView source) throws IOException {
        RecordOrigin origin =
                new RecordOrigin(source.readUTF(), source.readInt(), source.readLong());
        return new FrameEvent(read(FRAMES, source), origin);
    }

    static void writeQuery(QueryEvent event, DataOutputView target) throws IOException {
        // Any text: a name that is not allowed is refused only where the query is answered.
        StringValue.writeString(event.stream(), target);
        writeQuery(event.query(), target);
    }

    static void writeQuery(Query query, DataOutputView target) throws IOException {
        ValueSerializer.writeBytes(QUERIES.encode(query), target);
    }

    static QueryEvent readQuery(DataInputView source) throws IOException {
        return new QueryEvent(StringValue.readString(source), readBareQuery(source));
    }

    static Query readBareQuery(DataInputView source) throws IOException {
        return read(QUERIES, source);
    }

    static void writeNames(List<String> names, DataOutputView target) throws IOException {
        target.writeInt(names.size());
        for (String name : names) {
            target.writeUTF(name);
        }
    }

    static List<String> readNames(DataInputView source) throws IOException {
        String[] names = new String[source.readInt()];
        for (int i = 0; i < names.length; i++) {
            names[i] = source.readUTF();
        }
        return List.of(names);
    }

    static <T extends IndexedRecord> T read(RecordCodec<T> codec, DataInputView source)
            throws IOException {
        try {
            return codec.decode(ValueSerializer.readBytes(source));
        } catch (UndecodableRecordException e) {
            throw new IOException("An event from another task cannot be read", e);
        }
    }
}
