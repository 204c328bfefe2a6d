package dev.watchword.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON that people write and read: what it looks like is part of the contract. */
class RecordJsonTest {
    private static final Instant MORNING = Instant.parse("2026-11-20T08:30:00Z");

    @Test
    void aQuestionNeedsOnlyItsIdItsStreamAndItsText() throws UndecodableRecordException {
        Query query = query("{'query_id':'1','stream':'door','text':'Who is there?'}");

        assertThat(query)
                .isEqualTo(
                        Query.newBuilder()
                                .setQueryId("1")
                                .setStream("door")
                                .setText("Who is there?")
                                .build());
        assertThat(query.getMode()).isEqualTo(QueryMode.ONCE);
        assertThat(query.getTopP()).isEqualTo(1.0);
    }

    @Test
    void aQueryLeavesOutWhatIsNullOrEmptyByDefault() {
        Query query =
                Query.newBuilder()
                        .setQueryId("1")
                        .setStream("door")
                        .setText("Wer steht vor der Tür?")
                        .setScope(Scope.newBuilder().setLastFrames(100L).build())
                        .setDeadline(MORNING)
                        .build();

        assertWritten(
                Query.class,
                query,
                "{'query_id':'1','stream':'door','text':'Wer steht vor der Tür?','scope':{'last_frames':100},'mode':'ONCE','temperature':0.0,'top_p':1.0,'priority':'NORMAL','deadline':'2026-11-20T08:30:00Z'}");
    }

    @Test
    void aWholeQueryIsRead() throws UndecodableRecordException {
        Query query =
                query(
                        "{ 'query_id': '2', 'streams': ['door', 'yard'], 'text': 'Is it raining?',\n"
                                + " 'asked_at': 1795163400000,\n"
                                + " 'scope': {'from': '2026-11-20T09:30:00+01:00', 'to': null},\n"
                                + " 'mode': 'STANDING', 'standing': {'every_frames': 25, 'report': 'ON_CHANGE'},\n"
                                + " 'max_tokens': 32, 'temperature': 1, 'top_p': 0.9, 'seed': -5, 'cancel': null }\n");

        assertThat(query)
                .isEqualTo(
                        Query.newBuilder()
                                .setQueryId("2")
                                .setStreams(List.of("door", "yard"))
                                .setText("Is it raining?")
                                .setAskedAt(MORNING)
                                .setScope(Scope.newBuilder().setFrom(MORNING).build())
                                .setMode(QueryMode.STANDING)
                                .setStanding(
                                        Standing.newBuilder()
                                                .setEveryFrames(25L)
                                                .setReport(Report.ON_CHANGE)
                                                .build())
                                .setMaxTokens(32)
                                .setTemperature(1.0)
                                .setTopP(0.9)
                                .setSeed(-5L)
                                .build());
    }

    @Test
    void aStandingQuestionIsRead() throws UndecodableRecordException {
        Query query =
                query(
                        "{'query_id':'3','stream':'door','text':'Tell me when a parcel is here.','scope':{'last_ms':60000},"
                                + "'mode':'STANDING','standing':{'every_ms':5000,'report':'ON_FLIP','cooldown_ms':300000}}");

        assertThat(query.getMode()).isEqualTo(QueryMode.STANDING);
        assertThat(query.getScope().orElseThrow().getLastMs()).contains(60_000L);
        assertThat(query.getStanding())
                .contains(
                        Standing.newBuilder()
                                .setEveryMs(5_000L)
                                .setReport(Report.ON_FLIP)
                                .setCooldownMs(300_000)
                                .build());
    }

    @Test
    void anAnswerReadsWell() {
        Answer answer =
                Answer.newBuilder()
                        .setQueryId("1")
                        .setAnswerId(AnswerId.of("1", "door"))
                        .setStream("door")
                        .setText("A cat.")
                        .setStatus(Status.OK)
                        .setFrames(
                                FrameSpan.newBuilder()
                                        .setCount(2)
                                        .setFirstSequence(0L)
                                        .setLastSequence(1L)
                                        .setFirstCapturedAt(MORNING)
                                        .setLastCapturedAt(MORNING.plusMillis(40))
                                        .build())
                        .setFusion(new Fusion(FusionKind.EXACT, 2))
                        .setEvidence(List.of(new Evidence(1L, MORNING.plusMillis(40), 0.75, "")))
                        .setModel("tiny")
                        .setTimings(new Timings(0.5, 12.0, 20.25, 31.0))
                        .setAnsweredAt(MORNING.plusSeconds(1))
                        .build();

        assertWritten(
                Answer.class,
                answer,
                "{'query_id':'1','answer_id':'"
                        + AnswerId.of("1", "door")
                        + "','stream':'door','text':'A cat.','status':'OK',"
                        + "'frames':{'count':2,'first_sequence':0,'last_sequence':1,"
                        + "'first_captured_at':'2026-11-20T08:30:00Z','last_captured_at':'2026-11-20T08:30:00.040Z'},"
                        + "'fusion':{'kind':'EXACT','frames':2},"
                        + "'evidence':[{'sequence':1,'captured_at':'2026-11-20T08:30:00.040Z','weight':0.75}],"
                        + "'model':'tiny','timings':{'queued':0.5,'fused':12.0,'first_token':20.25,'total':31.0},"
                        + "'answered_at':'2026-11-20T08:30:01Z'}");
    }

    @Test
    void aRefusalIsShort() {
        Answer answer =
                Answer.newBuilder()
                        .setQueryId("1")
                        .setAnswerId("id")
                        .setStream("door")
                        .setStatus(Status.REJECTED)
                        .setReason("the question is empty; write one")
                        .build();

        assertWritten(
                Answer.class,
                answer,
                "{'query_id':'1','answer_id':'id','stream':'door','status':'REJECTED','reason':'the question is empty; write one','frames':{'count':0}}");
    }

    @Test
    void bytesAreBase64() {
        Frame frame =
                Frame.newBuilder()
                        .setStream("door")
                        .setSequence(7)
                        .setCapturedAt(MORNING)
                        .setImage(ByteBuffer.wrap(new byte[] {(byte) 0xFF, (byte) 0xD8, 0x3E, 0}))
                        .build();

        assertWritten(
                Frame.class,
                frame,
                "{'stream':'door','sequence':7,'captured_at':'2026-11-20T08:30:00Z','image':'/9g+AA==','media_type':'image/jpeg'}");
    }

    @Test
    void aDeadLetterNeedsNoStream() {
        DeadLetter letter =
                DeadLetter.newBuilder()
                        .setTopic("watchword.queries")
                        .setPartition(3)
                        .setOffset(42)
                        .setReason("empty")
                        .setAt(MORNING)
                        .setRecord(ByteBuffer.allocate(0))
                        .setSize(0)
                        .build();

        assertWritten(
                DeadLetter.class,
                letter,
                "{'topic':'watchword.queries','partition':3,'offset':42,'reason':'empty','at':'2026-11-20T08:30:00Z','record':'','size':0}");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void numbersThatJsonLacksAreTexts(double number) throws UndecodableRecordException {
        RecordCodec<Query> codec = RecordCodecs.of(Query.class, RecordFormat.JSON);
        Query query = Query.newBuilder().setQueryId("1").setTemperature(number).build();

        byte[] value = codec.encode(query);

        assertThat(new String(value, StandardCharsets.UTF_8))
                .contains("\"temperature\":\"" + number + "\"");
        assertThat(codec.decode(value).getTemperature()).isEqualTo(Double.valueOf(number));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uFEFF", " \r\n\t"})
    void aByteOrderMarkAndWhiteSpaceMayStandBefore(String before)
            throws UndecodableRecordException {
        assertThat(query(before + "{'query_id':'1'}").getQueryId()).isEqualTo("1");
    }

    @Test
    void whatTheJobWritesMayBeNewerThanItsReader() throws UndecodableRecordException {
        byte[] value =
                json(
                        "{'query_id':'1','later':{'a':[1,{}]},'answer_id':'id','stream':'door','status':'POSTPONED','frames':{'count':1,'later':[]}}");

        Answer answer = RecordCodecs.of(Answer.class, RecordFormat.JSON).decode(value);

        assertThat(answer.getStatus()).as("the enum's default").isEqualTo(Status.FAILED);
        assertThat(answer.getFrames().getCount()).isEqualTo(1);
    }

    private static Query query(String json) throws UndecodableRecordException {
        return RecordCodecs.anyFormat(Query.class, RecordFormat.AVRO).decode(json(json));
    }

    private static <T extends SpecificRecord> void assertWritten(
            Class<T> type, T record, String json) {
        RecordCodec<T> codec = RecordCodecs.of(type, RecordFormat.JSON);
        assertThat(new String(codec.encode(record), StandardCharsets.UTF_8))
                .isEqualTo(json.replace('\'', '"'));
        try {
            assertThat(codec.decode(json(json))).isEqualTo(record);
        } catch (UndecodableRecordException e) {
            throw new AssertionError(e);
        }
    }

    /** JSON in UTF-8, with double quotes for single ones. */
    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
