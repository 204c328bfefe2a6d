package dev.watchword.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.FastReaderBuilder;

/** Avro's single-object encoding, written with one schema and read from every known one. */
final class AvroCodec<T extends IndexedRecord> implements RecordCodec<T> {
    private final Schema schema;
    private final SchemaArchive archive;
    private final byte[] header;
    private final DatumWriter<T> writer;
    private final Map<Long, DatumReader<T>> readers;

    /**
     * @param schema of the records that are written and given back
     * @param model how records of the schema are made and reached into
     * @param archive the writers' schemas that can be read
     */
    AvroCodec(Schema schema, GenericData model, SchemaArchive archive) {
        this.schema = schema;
        this.archive = archive;
        header = SingleObject.header(schema);
        writer = createWriter(schema, model);
        readers = createReaders(schema, model, archive);
    }

    @SuppressWarnings("unchecked")
    private static <T> DatumWriter<T> createWriter(Schema schema, GenericData model) {
        return model.createDatumWriter(schema);
    }

    /**
     * A reader for each schema. They are built here, by one thread, because Avro builds its own
     * lazily and without a lock; once built, a reader may be used by many threads at once.
     */
    private static <T> Map<Long, DatumReader<T>> createReaders(
            Schema schema, GenericData model, SchemaArchive archive) {
        Map<Long, DatumReader<T>> readers = new HashMap<>();
        try {
            for (Schema written : archive.versions(schema.getFullName())) {
                readers.put(
                        SingleObject.fingerprint(written),
                        new FastReaderBuilder(model).createDatumReader(written, schema));
            }
            readers.put(
                    SingleObject.fingerprint(schema),
                    new FastReaderBuilder(model).createDatumReader(schema, schema));
        } catch (IOException e) {
            throw new IllegalStateException(schema.getName() + " has a default Avro refuses", e);
        }
        return Map.copyOf(readers);
    }

    @Override
    public byte[] encode(T record) {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.writeBytes(header);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(value, null);
        try {
            writer.write(record, encoder);
            encoder.flush();
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "a %s cannot be written: %s".formatted(schema.getName(), e.getMessage()), e);
        }
        return value.toByteArray();
    }

    @Override
    public T decode(byte[] value) throws UndecodableRecordException {
        if (value == null || value.length == 0) {
            throw undecodable("the value is empty; send the record as the value, not as the key");
        }
        if (!SingleObject.isMarked(value)) {
            throw undecodable(
                    "it is not in Avro's single-object encoding: it begins with %s, not with C3 01; write it with the codec, or with any Avro library's single-object (message) encoder"
                            .formatted(Excerpt.ofStart(value, 8)));
        }
        if (value.length < SingleObject.HEADER_LENGTH) {
            throw undecodable("it ends within the header; it was cut");
        }
        DatumReader<T> reader = readers.get(SingleObject.fingerprint(value));
        if (reader == null) {
            throw unknownSchema(SingleObject.fingerprint(value));
        }
        return decode(value, reader);
    }

    private T decode(byte[] value, DatumReader<T> reader) throws UndecodableRecordException {
        ByteArrayDecoder decoder = new ByteArrayDecoder(value, SingleObject.HEADER_LENGTH);
        T record;
        try {
            record = reader.read(null, decoder);
        } catch (IOException | RuntimeException e) {
            throw undecodable(
                    "its bytes are not what its schema says: %s; it was cut or damaged, or its writer is at fault"
                            .formatted(e.getMessage()));
        }
        if (decoder.remaining() > 0) {
            throw undecodable(
                    "%d bytes follow the record; put one record into a value"
                            .formatted(decoder.remaining()));
        }
        return record;
    }

    private UndecodableRecordException unknownSchema(long fingerprint) {
        return archive.find(fingerprint)
                .map(
                        other ->
                                undecodable(
                                        "it is a %s; send it to the topic for those"
                                                .formatted(other.getName())))
                .orElseGet(
                        () ->
                                undecodable(
                                        "no known schema has its fingerprint %s; add the writer's .avsc file to the reader's directory of schemas, or update the reader"
                                                .formatted(SingleObject.show(fingerprint))));
    }

    private UndecodableRecordException undecodable(String problem) {
        return new UndecodableRecordException(
                "not a readable %s: %s".formatted(schema.getName(), problem));
    }
}
