package dev.watchword.schemas;

import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Makes the codecs of the contract's records. */
public final class RecordCodecs {
    /** Where an unknown name is most likely a slip. The job writes the others, and may be newer. */
    private static final Set<Class<?>> WRITTEN_FOR_THE_JOB = Set.of(Query.class, Frame.class);

    private RecordCodecs() {}

    /** A codec that writes and reads one format, and reads Avro of every published version. */
    public static <T extends SpecificRecord> RecordCodec<T> of(Class<T> type, RecordFormat format) {
        return of(type, format, SchemaArchive.published());
    }

    /**
     * A codec that writes and reads one format.
     *
     * @param archive the writers' schemas from which Avro can be read
     */
    public static <T extends SpecificRecord> RecordCodec<T> of(
            Class<T> type, RecordFormat format, SchemaArchive archive) {
        SpecificData model = SpecificData.getForClass(type);
        Schema schema = model.getSchema(type);
        return switch (format) {
            case AVRO -> new AvroCodec<>(schema, model, archive);
            case JSON -> new JsonCodec<>(schema, model, unknownNames(type));
        };
    }

    /** Like {@link #anyFormat(Class, RecordFormat, SchemaArchive)}, of every published version. */
    public static <T extends SpecificRecord> RecordCodec<T> anyFormat(
            Class<T> type, RecordFormat written) {
        return anyFormat(type, written, SchemaArchive.published());
    }

    /**
     * A codec that reads both formats, telling them apart record by record, and writes one: so a
     * program and a person with a console can write to the same topic.
     */
    public static <T extends SpecificRecord> RecordCodec<T> anyFormat(
            Class<T> type, RecordFormat written, SchemaArchive archive) {
        return new AnyFormatCodec<>(
                type.getSimpleName(),
                of(type, RecordFormat.AVRO, archive),
                of(type, RecordFormat.JSON),
                written);
    }

    private static UnknownNames unknownNames(Class<?> type) {
        return WRITTEN_FOR_THE_JOB.contains(type) ? UnknownNames.REFUSED : UnknownNames.PASSED_OVER;
    }
}
