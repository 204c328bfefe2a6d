package dev.watchword.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecordRoundTripTest {
    static final List<Class<? extends SpecificRecord>> TYPES = RandomRecords.TYPES;

    static Stream<Arguments> typesAndFormats() {
        return TYPES.stream()
                .flatMap(
                        type ->
                                Stream.of(RecordFormat.values())
                                        .map(format -> Arguments.of(type, format)));
    }

    @ParameterizedTest
    @MethodSource("typesAndFormats")
    <T extends SpecificRecord> void givesBackEqualRecords(Class<T> type, RecordFormat format)
            throws UndecodableRecordException {
        RecordCodec<T> codec = RecordCodecs.of(type, format);
        RecordCodec<T> anyFormat = RecordCodecs.anyFormat(type, format);
        RandomRecords records = new RandomRecords(1);
        for (int count = 0; count < 1_000; count++) {
            T record = records.next(type);
            byte[] value = codec.encode(record);

            assertThat(codec.decode(value)).isEqualTo(record);
            assertThat(anyFormat.encode(record)).isEqualTo(value);
            assertThat(anyFormat.decode(value)).isEqualTo(record);
        }
    }

    @ParameterizedTest
    @FieldSource("TYPES")
    <T extends SpecificRecord> void avroIsUnderstoodByAvrosOwnCoders(Class<T> type)
            throws IOException, UndecodableRecordException {
        SpecificData model = SpecificData.getForClass(type);
        BinaryMessageEncoder<T> encoder = new BinaryMessageEncoder<>(model, model.getSchema(type));
        BinaryMessageDecoder<T> decoder = new BinaryMessageDecoder<>(model, model.getSchema(type));
        RecordCodec<T> codec = RecordCodecs.of(type, RecordFormat.AVRO);
        RandomRecords records = new RandomRecords(2);
        for (int count = 0; count < 200; count++) {
            T record = records.next(type);

            assertThat(codec.encode(record)).isEqualTo(encoder.encode(record).array());
            assertThat(decoder.decode(codec.encode(record))).isEqualTo(record);
            assertThat(codec.decode(encoder.encode(record).array())).isEqualTo(record);
        }
    }

    @ParameterizedTest
    @FieldSource("TYPES")
    <T extends SpecificRecord> void jsonIsOneLine(Class<T> type) {
        RecordCodec<T> codec = RecordCodecs.of(type, RecordFormat.JSON);
        RandomRecords records = new RandomRecords(3);
        for (int count = 0; count < 200; count++) {
            String json = new String(codec.encode(records.next(type)), StandardCharsets.UTF_8);

            assertThat(json).startsWith("{").endsWith("}").doesNotContain("\n", "\r");
        }
    }

    @ParameterizedTest
    @EnumSource(RecordFormat.class)
    void keepsMomentsToTheMillisecond(RecordFormat format) throws UndecodableRecordException {
        RecordCodec<Query> codec = RecordCodecs.of(Query.class, format);
        Query query =
                Query.newBuilder()
                        .setQueryId("q")
                        .setDeadline(Instant.parse("2026-11-20T08:30:00.123987654Z"))
                        .build();

        assertThat(codec.decode(codec.encode(query)).getDeadline())
                .contains(Instant.parse("2026-11-20T08:30:00.123Z"));
    }

    @ParameterizedTest
    @EnumSource(RecordFormat.class)
    void writesOnlyTheRemainingBytesOfABuffer(RecordFormat format)
            throws UndecodableRecordException {
        RecordCodec<Frame> codec = RecordCodecs.of(Frame.class, format);
        ByteBuffer image = ByteBuffer.wrap(new byte[] {9, 1, 2, 3, 9}, 1, 3);
        Frame frame =
                Frame.newBuilder()
                        .setStream("door")
                        .setSequence(1)
                        .setCapturedAt(Instant.EPOCH)
                        .setImage(image)
                        .build();

        Frame decoded = codec.decode(codec.encode(frame));

        assertThat(decoded.getImage()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        assertThat(image.remaining()).as("the record is as it was").isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(RecordFormat.class)
    void keepsAPictureOfManyMegabytes(RecordFormat format) throws UndecodableRecordException {
        RecordCodec<Frame> codec = RecordCodecs.of(Frame.class, format);
        byte[] image = new byte[24 << 20];
        Arrays.fill(image, (byte) 7);
        Frame frame =
                Frame.newBuilder()
                        .setStream("door")
                        .setSequence(1)
                        .setCapturedAt(Instant.EPOCH)
                        .setImage(ByteBuffer.wrap(image))
                        .build();

        assertThat(codec.decode(codec.encode(frame))).isEqualTo(frame);
    }

    @ParameterizedTest
    @EnumSource(RecordFormat.class)
    void refusesToWriteARecordWithoutARequiredField(RecordFormat format) {
        RecordCodec<Evidence> codec = RecordCodecs.of(Evidence.class, format);
        RecordCodec<Query> queries = RecordCodecs.of(Query.class, format);

        assertThatThrownBy(() -> codec.encode(new Evidence()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a Evidence cannot be written")
                .hasMessageContaining("captured_at");
        assertThatThrownBy(() -> queries.encode(new Query()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("query_id");
    }

    @ParameterizedTest
    @EnumSource(RecordFormat.class)
    void writesATornSurrogateAsAQuestionMark(RecordFormat format)
            throws UndecodableRecordException {
        RecordCodec<Query> codec = RecordCodecs.of(Query.class, format);
        Query query =
                Query.newBuilder()
                        .setQueryId("q")
                        .setText("torn \uD83D here")
                        .setStreams(Collections.emptyList())
                        .build();

        assertThat(codec.decode(codec.encode(query)).getText()).isEqualTo("torn ? here");
    }
}
