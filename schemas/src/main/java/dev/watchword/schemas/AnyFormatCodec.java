package dev.watchword.schemas;

import org.apache.avro.specific.SpecificRecord;

/** Reads Avro and JSON, and writes one of them. */
final class AnyFormatCodec<T extends SpecificRecord> implements RecordCodec<T> {
    private final String name;
    private final RecordCodec<T> avro;
    private final RecordCodec<T> json;
    private final RecordFormat written;

    AnyFormatCodec(String name, RecordCodec<T> avro, RecordCodec<T> json, RecordFormat written) {
        this.name = name;
        this.avro = avro;
        this.json = json;
        this.written = written;
    }

    @Override
    public byte[] encode(T record) {
        return switch (written) {
            case AVRO -> avro.encode(record);
            case JSON -> json.encode(record);
        };
    }

    @Override
    public T decode(byte[] value) throws UndecodableRecordException {
        if (value == null || value.length == 0 || SingleObject.isMarked(value)) {
            return avro.decode(value);
        }
        if (JsonCodec.isMarked(value)) {
            return json.decode(value);
        }
        throw new UndecodableRecordException(
                "not a readable %s: it is neither a JSON object, which begins with {, nor in Avro's single-object encoding, which begins with C3 01; it begins with %s"
                        .formatted(name, Excerpt.ofStart(value, 8)));
    }
}
