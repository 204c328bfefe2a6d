package dev.watchword.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every refusal says what was wrong and what to do. */
class UndecodableRecordTest {
    private static final RecordCodec<Query> AVRO = RecordCodecs.of(Query.class, RecordFormat.AVRO);
    private static final RecordCodec<Query> JSON = RecordCodecs.of(Query.class, RecordFormat.JSON);
    private static final RecordCodec<Query> ANY =
            RecordCodecs.anyFormat(Query.class, RecordFormat.AVRO);
    private static final Query QUERY =
            Query.newBuilder().setQueryId("1").setStream("door").setText("Who?").build();

    @ParameterizedTest
    @EnumSource(RecordFormat.class)
    void anEmptyValueIsRefused(RecordFormat format) {
        assertRefused(RecordCodecs.of(Query.class, format), new byte[0])
                .hasMessageContaining("the value is empty");
        assertRefused(RecordCodecs.of(Query.class, format), null)
                .hasMessageContaining("the value is empty");
        assertRefused(RecordCodecs.anyFormat(Query.class, format), null)
                .hasMessageContaining("the value is empty");
    }

    @Test
    void whatIsInNeitherFormatIsRefused() {
        assertRefused(AVRO, utf8("{\"query_id\":\"1\"}"))
                .hasMessageContaining("begins with 7B 22 71 75 65 72 79 5F, not with C3 01");
        assertRefused(JSON, AVRO.encode(QUERY)).hasMessageContaining("begins with the bytes C3 01");
        assertRefused(ANY, utf8("hello"))
                .hasMessageContaining("neither a JSON object")
                .hasMessageContaining("begins with 68 65 6C 6C 6F");
        assertRefused(ANY, utf8("  ")).hasMessageContaining("neither a JSON object");
    }

    @Test
    void anUnknownSchemaIsNamed() {
        byte[] value = AVRO.encode(QUERY);
        System.arraycopy(HexFormat.of().parseHex("0123456789abcdef"), 0, value, 2, 8);

        assertRefused(AVRO, value)
                .hasMessageContaining("fingerprint 0123456789abcdef")
                .hasMessageContaining(".avsc");
    }

    @Test
    void aRecordOfAnotherTopicIsNamed() {
        Frame frame =
                Frame.newBuilder()
                        .setStream("door")
                        .setSequence(1)
                        .setCapturedAt(Instant.EPOCH)
                        .build();

        assertRefused(AVRO, RecordCodecs.of(Frame.class, RecordFormat.AVRO).encode(frame))
                .hasMessage("not a readable Query: it is a Frame; send it to the topic for those");
    }

    @Test
    void avroThatWasCutIsRefusedWhereverItWasCut() {
        byte[] value = AVRO.encode(QUERY);
        for (int length = 1; length < value.length; length++) {
            assertRefused(AVRO, Arrays.copyOf(value, length))
                    .hasMessageContaining("not a readable");
        }
    }

    @Test
    void jsonThatWasCutIsRefusedWhereverItWasCut() {
        byte[] value = JSON.encode(QUERY);
        for (int length = 1; length < value.length; length++) {
            assertRefused(JSON, Arrays.copyOf(value, length))
                    .hasMessageContaining("not a readable Query: it is not JSON: ");
        }
    }

    @Test
    void moreThanOneRecordInAValueIsRefused() {
        byte[] avro = AVRO.encode(QUERY);

        assertRefused(AVRO, Arrays.copyOf(avro, avro.length + 3))
                .hasMessageContaining("3 bytes follow the record");
        assertRefused(JSON, utf8("{\"query_id\":\"1\"} {\"query_id\":\"2\"}"))
                .hasMessageContaining("more follows the record");
        assertRefused(JSON, utf8("{\"query_id\":\"1\"}}")).hasMessageContaining("not JSON");
    }

    @ParameterizedTest
    @CsvSource({
        // a text of 2^40 bytes; of -1; a number of eleven bytes; an array of 2^40 items
        "80808080804000, a text claims 1099511627776 bytes where 1 follow",
        "01, a text claims -1 bytes",
        "ffffffffffffffffffffff, a number is longer than ten bytes",
        "02310080808080804000, 'an array claims 1099511627776 items, more than there are bytes'",
        "0231000f80808080804000, a block of an array claims 1099511627776 bytes",
        "023100ffffffffffffffffff010200, 'an array claims 9223372036854775808 items'",
        "04c328, a text is not UTF-8",
        "023100000000ff, it ends within a number",
        "02310000000008, index",
    })
    void avroThatLiesIsRefused(String body, String problem) {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.writeBytes(SingleObject.header(Query.getClassSchema()));
        value.writeBytes(HexFormat.of().parseHex(body));

        assertRefused(AVRO, value.toByteArray())
                .hasMessageContaining("its bytes are not what its schema says")
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{'text':'Who?'} | the field 'query_id' is missing and has no default",
                "{'query_id':'1','max_token':5} | the field 'max_token' is unknown; Query has query_id, stream, ",
                "{'query_id':'1','scope':{'first':5}} | the field 'scope.first' is unknown; Scope has last_frames, last_ms, from, to",
                "{'query_id':'1','query_id':'2'} | the field 'query_id' stands twice",
                "{'query_id':1} | query_id must be a text, but is the number 1",
                "{'query_id':null} | query_id must be a text, but is null; leave the field out",
                "{'query_id':{}} | query_id must be a text, but is an object",
                "{'query_id':'1','streams':'door'} | streams must be an array, but is the text 'door'",
                "{'query_id':'1','streams':['a',true]} | streams[1] must be a text, but is true",
                "{'query_id':'1','streams':['a',['b']]} | streams[1] must be a text, but is an array",
                "{'query_id':'1','scope':5} | scope must be an object, but is the number 5",
                "{'query_id':'1','scope':{'last_frames':1.5}} | scope.last_frames must be a whole number of 64 bits, but is the number 1.5",
                "{'query_id':'1','seed':9223372036854775808} | seed must be a whole number of 64 bits",
                "{'query_id':'1','max_tokens':2147483648} | max_tokens must be a whole number from -2147483648 to 2147483647, but is the number 2147483648",
                "{'query_id':'1','max_tokens':'5'} | max_tokens must be a whole number",
                "{'query_id':'1','temperature':'hot'} | temperature must be a number, but is the text 'hot'",
                "{'query_id':'1','temperature':1e999} | temperature must be a number, but is the number 1e999",
                "{'query_id':'1','mode':'STANDNG'} | mode must be one of ONCE, STANDING, LIST, but is the text 'STANDNG'",
                "{'query_id':'1','deadline':'tomorrow'} | deadline must be a moment",
                "{'query_id':'1','deadline':'2026-11-20T08:30:00'} | with a zone, such as 2026-11-20T08:30:00Z",
                "{'query_id':'1','deadline':'+999999999-01-01T00:00:00Z'} | deadline must be a moment",
                "{'query_id':'1','deadline':1.5} | deadline must be a moment",
                "{'query_id':'1','deadline':99999999999999999999} | deadline must be a moment",
                "{'query_id':'1',} | it is not JSON: ",
                "{query_id:'1'} | (at line 1, column ",
            })
    void jsonOfAnotherShapeIsRefusedWithThePathAndWhatIsExpected(String json, String problem) {
        assertRefused(JSON, utf8(json.replace('\'', '"')))
                .hasMessageStartingWith("not a readable Query: ")
                .hasMessageContaining(problem.replace('\'', '"'));
    }

    @Test
    void aWrongItemOfARecordInAnArrayHasItsPath() {
        RecordCodec<Answer> answers = RecordCodecs.of(Answer.class, RecordFormat.JSON);
        String evidence = "{\"sequence\":1,\"captured_at\":0,\"weight\":1}";

        assertRefused(
                        answers,
                        utf8(
                                "{\"evidence\":[%s,{\"sequence\":1,\"captured_at\":0}]}"
                                        .formatted(evidence)))
                .hasMessageContaining("\"evidence[1].weight\" is missing");
        assertRefused(answers, utf8("{\"evidence\":[%s,7]}".formatted(evidence)))
                .hasMessageContaining("evidence[1] must be an object, but is the number 7");
    }

    @Test
    void bytesMustBeBase64() {
        assertRefused(
                        RecordCodecs.of(Frame.class, RecordFormat.JSON),
                        utf8("{\"image\":\"not base64!\"}"))
                .hasMessageContaining("image must be bytes as base64 text");
    }

    @Test
    void aMessageStaysShortAndPrintableWhateverItQuotes() {
        String long1 = "\\u0007" + "x".repeat(100_000);

        assertRefused(JSON, utf8("{\"" + long1 + "\":1}"))
                .message()
                .hasSizeLessThan(500)
                .doesNotContain("\u0007");
        assertRefused(JSON, utf8("{\"mode\":\"" + long1 + "\"}")).message().hasSizeLessThan(500);
        assertRefused(JSON, utf8("{\"mode\":" + long1 + "}")).message().hasSizeLessThan(500);
        assertRefused(JSON, utf8("{\"seed\":" + "1".repeat(900) + "}"))
                .message()
                .hasSizeLessThan(500);
    }

    @Test
    void whoAskedCanBeToldFromWhatIsLegible() {
        UndecodableRecordException refusal =
                refusal(
                        JSON,
                        utf8(
                                "{\"query_id\":\"1\",\"max_token\":5,\"scope\":{\"stream\":\"no\"},\"stream\":\"door\",\"seed\":\"x\",\"text\":\"%s\"}"
                                        .formatted("x".repeat(1_001))));

        assertThat(refusal.legibleFields())
                .containsOnlyKeys("query_id", "stream")
                .containsEntry("query_id", "1")
                .containsEntry("stream", "door");
    }

    @Test
    void whatStandsBeforeBrokenJsonIsLegible() {
        assertThat(refusal(JSON, utf8("{\"query_id\":\"1\",\"stream\":\"do")).legibleFields())
                .containsOnlyKeys("query_id");
        assertThat(refusal(AVRO, new byte[] {1}).legibleFields()).isEmpty();
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
            RecordCodec<?> codec, byte[] value) {
        return assertThatThrownBy(() -> codec.decode(value))
                .isInstanceOf(UndecodableRecordException.class);
    }

    private static UndecodableRecordException refusal(RecordCodec<?> codec, byte[] value) {
        return catchThrowableOfType(UndecodableRecordException.class, () -> codec.decode(value));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
