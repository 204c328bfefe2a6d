package dev.watchword.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records of older and newer versions of the contract, through the codecs that the job uses. */
class SchemaEvolutionTest {
    private static final String NEW_FIELD = "{'name':'later','type':%s,'default':%s}";

    @TempDir private Path directory;

    /** A record's class, and its schema with a field fewer and with more of everything. */
    record Versions<T extends SpecificRecord>(Class<T> type, Schema older, Schema newer) {
        @Override
        public String toString() {
            return type.getSimpleName();
        }
    }

    static Stream<Versions<?>> versions() {
        return Stream.of(
                new Versions<>(
                        Frame.class,
                        edit(Frame.class).without("Frame", "image_uri").schema(),
                        edit(Frame.class)
                                .with("Frame", NEW_FIELD.formatted("'double'", "0.5"))
                                .schema()),
                new Versions<>(
                        Query.class,
                        edit(Query.class)
                                .without("Query", "streams")
                                .without("Query", "temperature")
                                .without("Standing", "cooldown_ms")
                                .schema(),
                        edit(Query.class)
                                .with(
                                        "Query",
                                        NEW_FIELD.formatted(
                                                "{'type':'array','items':'string'}", "[]"))
                                .with("Scope", NEW_FIELD.formatted("['null','string']", "null"))
                                .withSymbol("QueryMode", "SCHEDULED")
                                .withSymbol("Report", "DAILY")
                                .schema()),
                new Versions<>(
                        Answer.class,
                        edit(Answer.class)
                                .without("Answer", "model")
                                .without("FrameSpan", "count")
                                .schema(),
                        edit(Answer.class)
                                .with("Answer", NEW_FIELD.formatted("'bytes'", "''"))
                                .with("Evidence", NEW_FIELD.formatted("'double'", "0.5"))
                                .withSymbol("Status", "POSTPONED")
                                .withSymbol("FusionKind", "WEIGHTED")
                                .schema()),
                new Versions<>(
                        DeadLetter.class,
                        edit(DeadLetter.class).without("DeadLetter", "stream").schema(),
                        edit(DeadLetter.class)
                                .with("DeadLetter", NEW_FIELD.formatted("'int'", "0"))
                                .schema()));
    }

    /** Records without classes, with moments as the generated classes have them. */
    private static GenericData model() {
        GenericData model = new GenericData();
        model.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
        return model;
    }

    private static SchemaEdits edit(Class<? extends SpecificRecord> type) {
        return SchemaEdits.of(SpecificData.getForClass(type).getSchema(type));
    }

    @ParameterizedTest
    @MethodSource("versions")
    <T extends SpecificRecord> void todaysReaderReadsAnOlderWriter(Versions<T> versions)
            throws Exception {
        assertTodaysReaderReads(versions.type, versions.older);
    }

    @ParameterizedTest
    @MethodSource("versions")
    <T extends SpecificRecord> void todaysReaderReadsANewerWriter(Versions<T> versions)
            throws Exception {
        assertTodaysReaderReads(versions.type, versions.newer);
    }

    /** The writer's schema reaches the reader as it does in the field: as a file. */
    private <T extends SpecificRecord> void assertTodaysReaderReads(Class<T> type, Schema written)
            throws Exception {
        Files.writeString(directory.resolve("written.avsc"), written.toString());
        SchemaArchive archive = SchemaArchive.published().withDirectory(directory);
        RecordCodec<T> reader = RecordCodecs.of(type, RecordFormat.AVRO, archive);
        RecordCodec<IndexedRecord> writer = new AvroCodec<>(written, model(), archive);
        RandomRecords records = new RandomRecords(5);
        for (int count = 0; count < 200; count++) {
            IndexedRecord record = records.next(written, model());

            CarriedOver.assertFields(reader.decode(writer.encode(record)), record);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    <T extends SpecificRecord> void anOlderReaderReadsTodaysWriter(Versions<T> versions)
            throws Exception {
        assertTodaysWriterIsRead(versions.type, versions.older);
    }

    @ParameterizedTest
    @MethodSource("versions")
    <T extends SpecificRecord> void aNewerReaderReadsTodaysWriter(Versions<T> versions)
            throws Exception {
        assertTodaysWriterIsRead(versions.type, versions.newer);
    }

    private static <T extends SpecificRecord> void assertTodaysWriterIsRead(
            Class<T> type, Schema read) throws Exception {
        RecordCodec<T> writer = RecordCodecs.of(type, RecordFormat.AVRO);
        RecordCodec<IndexedRecord> reader =
                new AvroCodec<>(read, model(), SchemaArchive.published());
        RandomRecords records = new RandomRecords(6);
        for (int count = 0; count < 200; count++) {
            T record = records.next(type);

            CarriedOver.assertFields(reader.decode(writer.encode(record)), record);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    <T extends SpecificRecord> void todaysJsonReaderReadsAnOlderWriter(Versions<T> versions)
            throws Exception {
        RecordCodec<T> reader = RecordCodecs.of(versions.type, RecordFormat.JSON);
        RecordCodec<IndexedRecord> writer =
                new JsonCodec<>(versions.older, model(), UnknownNames.REFUSED);
        RandomRecords records = new RandomRecords(7);
        for (int count = 0; count < 200; count++) {
            IndexedRecord record = records.next(versions.older, model());

            CarriedOver.assertFields(reader.decode(writer.encode(record)), record);
        }
    }

    @Test
    void todaysJsonReaderReadsWhatANewerJobWrites() throws Exception {
        assertNewerJsonIsRead(Answer.class);
        assertNewerJsonIsRead(DeadLetter.class);
    }

    private static <T extends SpecificRecord> void assertNewerJsonIsRead(Class<T> type)
            throws Exception {
        RecordCodec<T> reader = RecordCodecs.of(type, RecordFormat.JSON);
        Schema newer = newer(type);
        RecordCodec<IndexedRecord> writer = new JsonCodec<>(newer, model(), UnknownNames.REFUSED);
        RandomRecords records = new RandomRecords(8);
        for (int count = 0; count < 200; count++) {
            IndexedRecord record = records.next(newer, model());

            CarriedOver.assertFields(reader.decode(writer.encode(record)), record);
        }
    }

    @Test
    void anAskerIsToldWhatTheJobDoesNotKnow() {
        RecordCodec<Query> reader = RecordCodecs.of(Query.class, RecordFormat.JSON);
        Schema newer = newer(Query.class);
        RecordCodec<IndexedRecord> writer = new JsonCodec<>(newer, model(), UnknownNames.REFUSED);
        IndexedRecord record = new RandomRecords(9).next(newer, model());
        record.put(newer.getField("later").pos(), List.of("urgent"));

        assertThatThrownBy(() -> reader.decode(writer.encode(record)))
                .isInstanceOf(UndecodableRecordException.class)
                .hasMessageContaining("the field \"later\" is unknown");
    }

    @Test
    void unknownSymbolsFallToTheDefault() throws Exception {
        Schema newer = newer(Answer.class);
        Files.writeString(directory.resolve("newer.avsc"), newer.toString());
        SchemaArchive archive = SchemaArchive.published().withDirectory(directory);
        IndexedRecord record = new RandomRecords(10).next(newer, model());
        Schema status = newer.getField("status").schema();
        record.put(newer.getField("status").pos(), model().createEnum("POSTPONED", status));

        byte[] value = new AvroCodec<>(newer, model(), archive).encode(record);

        assertThat(RecordCodecs.of(Answer.class, RecordFormat.AVRO, archive).decode(value))
                .extracting(Answer::getStatus)
                .isEqualTo(Status.FAILED);
    }

    /** Avro's own decoder takes an array of many short items for a lie, where the reader's are long. */
    @Test
    void itemsThatWereShorterAreNotTakenForALie() throws Exception {
        Answer answer =
                Answer.newBuilder(new RandomRecords(11).next(Answer.class))
                        .setEvidence(
                                Collections.nCopies(100, new Evidence(1L, Instant.EPOCH, 0.01, "")))
                        .setModel("")
                        .setTimings(null)
                        .build();
        RecordCodec<IndexedRecord> reader =
                new AvroCodec<>(newer(Answer.class), model(), SchemaArchive.published());

        byte[] value = RecordCodecs.of(Answer.class, RecordFormat.AVRO).encode(answer);

        CarriedOver.assertFields(reader.decode(value), answer);
    }

    private static Schema newer(Class<?> type) {
        return versions()
                .filter(versions -> versions.type.equals(type))
                .findFirst()
                .orElseThrow()
                .newer;
    }
}
