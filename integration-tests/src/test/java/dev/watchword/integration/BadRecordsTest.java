package dev.watchword.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.fuzz.Mutator;
import dev.watchword.integration.rig.Eventually;
import dev.watchword.integration.rig.JobUnderTest;
import dev.watchword.integration.rig.KafkaUnderTest;
import dev.watchword.integration.rig.SentRecords;
import dev.watchword.integration.rig.TestModel;
import dev.watchword.integration.rig.TestPictures;
import dev.watchword.integration.rig.TopicsUnderTest;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.DeadLetter;
import dev.watchword.schemas.Frame;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.RecordCodec;
import dev.watchword.schemas.RecordCodecs;
import dev.watchword.schemas.RecordFormat;
import dev.watchword.schemas.Scope;
import dev.watchword.schemas.StreamName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Records that cannot be used: each becomes a dead letter, or a drop where it repeats what came
 * before, and the job goes on.
 */
class BadRecordsTest {
    @RegisterExtension static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    private static final RecordCodec<Frame> FRAMES =
            RecordCodecs.of(Frame.class, RecordFormat.AVRO);
    private static final RecordCodec<Query> QUERIES =
            RecordCodecs.of(Query.class, RecordFormat.AVRO);
    private static final RecordCodec<Query> JSON_QUERIES =
            RecordCodecs.of(Query.class, RecordFormat.JSON);
    private static final RecordCodec<Query> ANY_QUERIES =
            RecordCodecs.anyFormat(Query.class, RecordFormat.AVRO);
    private static final int CUT = 256 * 1024;
    private static final String MUTATED = "mutated-";
    private static final int MUTATIONS = 1_000;
    private static final long SEED = 20_261_127;
    private static final int LONGEST_ID = 200;

    private static TopicsUnderTest topics;
    private static JobUnderTest job;

    private long frames;

    @BeforeAll
    static void start() throws InterruptedException {
        topics = new TopicsUnderTest(KAFKA.bootstrap());
        job =
                JobUnderTest.start(
                        topics,
                        TestModel.TINY,
                        "job.restart-attempts=0",
                        // Smaller than what the topics take.
                        "kafka.max-record-size=64 kib");
    }

    @AfterAll
    static void stop() {
        job.close();
        topics.close();
    }

    /** Of a job that had failed, no question would be answered: it may not start again. */
    @AfterEach
    void theJobGoesOn() {
        assertThat(job.isRunning()).isTrue();
        topics.publish("after", ++frames, frames);
        Answer answer = topics.askAndAwait(topics.question("after", "Are you there?"));
        assertThat(answer.getReason()).doesNotContain("failed");
    }

    @Test
    void aRecordThatIsNoFrameIsADeadLetter() {
        byte[] garbage = {1, 2, 3, 4};

        DeadLetter letter = topics.letterOf(topics.send(topics.names().frames(), "yard", garbage));

        assertThat(letter.getTopic()).isEqualTo(topics.names().frames());
        assertThat(letter.getReason()).isNotEmpty();
        assertThat(bytes(letter)).isEqualTo(garbage);
        assertThat(letter.getSize()).isEqualTo(4);
    }

    @Test
    void aRecordWithoutValueIsADeadLetter() {
        DeadLetter letter = topics.letterOf(topics.send(topics.names().frames(), "yard", null));

        assertThat(letter.getSize()).isZero();
    }

    @Test
    void aRecordThatIsNoQueryIsADeadLetter() {
        byte[] garbage = "Who is there?".getBytes(StandardCharsets.UTF_8);

        DeadLetter letter = topics.letterOf(topics.send(topics.names().queries(), "yard", garbage));

        assertThat(letter.getTopic()).isEqualTo(topics.names().queries());
        assertThat(bytes(letter)).isEqualTo(garbage);
    }

    @Test
    void aQueryWithoutAnIdIsADeadLetterSinceNobodyCouldFindItsAnswer() {
        Query query = Query.newBuilder().setQueryId("").setStream("yard").setText("Who?").build();

        DeadLetter letter =
                topics.letterOf(
                        topics.send(topics.names().queries(), "yard", QUERIES.encode(query)));

        assertThat(letter.getReason()).contains("query_id");
        assertThat(letter.getStream()).contains("yard");
    }

    @Test
    void aPictureThatIsNoneIsADeadLetterWithItsFrame() throws Exception {
        Frame frame = TopicsUnderTest.frame("yard", 1, new byte[] {'n', 'o'});

        DeadLetter letter = topics.letterOf(topics.publish(frame));

        assertThat(letter.getTopic()).isEqualTo(topics.names().frames());
        assertThat(letter.getStream()).contains("yard");
        assertThat(letter.getReason()).containsIgnoringCase("picture");
        assertThat(FRAMES.decode(bytes(letter))).isEqualTo(frame);
    }

    @Test
    void aCutOffPictureIsADeadLetter() {
        byte[] whole = TestPictures.widePng("yard", 1);

        DeadLetter letter =
                topics.letterOf(
                        topics.publish(
                                TopicsUnderTest.frame("yard", 1, Arrays.copyOf(whole, 200))));

        assertThat(letter.getReason()).contains("cut off");
    }

    @Test
    void anOversizedPictureIsADeadLetterBeforeItIsDecoded() {
        DeadLetter letter =
                topics.letterOf(
                        topics.publish(TopicsUnderTest.frame("yard", 1, TestPictures.hugePng())));

        assertThat(letter.getReason()).contains("60000 x 60000");
    }

    @Test
    void ofALargeRecordTheBeginningIsKept() {
        byte[] garbage = new byte[TopicsUnderTest.LARGEST_RECORD - 1024];
        Arrays.fill(garbage, (byte) 7);

        DeadLetter letter = topics.letterOf(topics.send(topics.names().frames(), "yard", garbage));

        assertThat(letter.getSize()).isEqualTo(garbage.length);
        assertThat(bytes(letter)).isEqualTo(Arrays.copyOf(garbage, CUT));
    }

    @Test
    void aFrameWithoutPictureIsADeadLetter() {
        DeadLetter letter =
                topics.letterOf(topics.publish(TopicsUnderTest.frame("yard", 1, new byte[0])));

        assertThat(letter.getReason()).contains("image").contains("image_uri");
    }

    @Test
    void aFrameOfAStreamWithABadNameIsADeadLetter() {
        DeadLetter letter = topics.letterOf(topics.publish(TopicsUnderTest.frame("the yard", 1)));

        assertThat(letter.getReason()).contains("the yard");
    }

    @Test
    void ofAnEndlessStreamNameTheBeginningIsTold() {
        String name = "s".repeat(3_000_000);

        DeadLetter letter = topics.letterOf(topics.publish(TopicsUnderTest.frame(name, 1)));

        assertThat(name).startsWith(letter.getStream().orElseThrow().substring(0, 100));
        assertThat(letter.getReason()).contains("3000000");
    }

    @Test
    void framesThatRepeatOrComeLateAreDropped() {
        topics.publish("repeats", 1, 5);
        topics.publish("repeats", 5, 5);
        topics.publish("repeats", 2, 4);
        topics.publish("repeats", 9, 9);

        topics.awaitRemembered("repeats", 6);
        Answer answer = topics.askAndAwait(topics.question("repeats", "How many?"));
        assertThat(answer.getFrames().getFirstSequence()).contains(1L);
        assertThat(answer.getFrames().getLastSequence()).contains(9L);
        assertThat(topics.deadLetters().all())
                .noneMatch(letter -> letter.getStream().equals(Optional.of("repeats")));
    }

    @Test
    void aMutatedFrameIsRememberedOrARepeatOrADeadLetter() {
        SentRecords<Frame> sent =
                SentRecords.send(
                        topics,
                        topics.names().frames(),
                        MUTATED,
                        FRAMES,
                        mutations(BadRecordsTest::mutatedFrame));
        List<String> streams =
                sent.readable().stream()
                        .map(Frame::getStream)
                        .filter(stream -> StreamName.problem(stream).isEmpty())
                        .distinct()
                        .toList();
        // Frames of a stream stay in their order: with this one's letter all have been read.
        streams.stream().map(BadRecordsTest::sendNoPicture).toList().forEach(topics::letterOf);

        Map<String, Long> remembered = new TreeMap<>();
        for (String stream : streams) {
            Answer answer = topics.askAndAwait(topics.question(stream, "How many?"));
            remembered.put(stream, answer.getFrames().getCount());
        }
        Eventually.until(
                "what is neither remembered nor a repeat is a dead letter",
                () -> rising(sent.without(topics.deadLetters().all())).equals(seen(remembered)));

        assertThat(sent.without(topics.deadLetters().all())).doesNotContain(Optional.empty());
        assertThat(sent.repeated(topics.deadLetters().all())).isZero();
        assertOfBothKindsThereAreMany(remembered.values().stream().mapToLong(n -> n).sum());
    }

    /** One of three streams, of which each sequence comes twice; the record or the picture is mutated. */
    private static byte[] mutatedFrame(int number) {
        Frame frame = TopicsUnderTest.frame(MUTATED + number % 3, 1 + number / 6);
        return number % 2 == 0
                ? mutated(FRAMES.encode(frame), number)
                : FRAMES.encode(
                        TopicsUnderTest.frame(
                                frame.getStream(),
                                frame.getSequence(),
                                mutated(frame.getImage().array(), number)));
    }

    private static List<byte[]> mutations(IntFunction<byte[]> mutation) {
        return IntStream.rangeClosed(1, MUTATIONS).mapToObj(mutation).toList();
    }

    private static byte[] mutated(byte[] good, int number) {
        return Mutator.ofRecords(List.of(good), SEED).input(number);
    }

    /** As a frame whose dead letter is awaited. */
    private static Future<RecordMetadata> sendNoPicture(String stream) {
        Frame frame = TopicsUnderTest.frame(stream, 1, new byte[] {'n', 'o'});
        return topics.send(topics.names().frames(), MUTATED, FRAMES.encode(frame));
    }

    /** How many frames of each stream come after all before them; the others are repeats. */
    private static Map<String, Long> rising(List<Optional<Frame>> frames) {
        Map<String, Long> counts = new TreeMap<>();
        Map<String, Long> last = new HashMap<>();
        for (Frame frame : frames.stream().flatMap(Optional::stream).toList()) {
            String stream = frame.getStream();
            if (!last.containsKey(stream) || frame.getSequence() > last.get(stream)) {
                last.put(stream, frame.getSequence());
                counts.merge(stream, 1L, Long::sum);
            }
        }
        return counts;
    }

    private static Map<String, Long> seen(Map<String, Long> remembered) {
        Map<String, Long> seen = new TreeMap<>(remembered);
        seen.values().removeIf(count -> count == 0);
        return seen;
    }

    @Test
    void aMutatedQueryIsAnsweredOrADeadLetter() {
        SentRecords<Query> sent =
                SentRecords.send(
                        topics,
                        topics.names().queries(),
                        MUTATED,
                        ANY_QUERIES,
                        mutations(BadRecordsTest::mutatedQuery));
        List<Query> named =
                sent.readable().stream()
                        .filter(query -> !query.getQueryId().isEmpty())
                        .filter(query -> query.getQueryId().length() <= LONGEST_ID)
                        .toList();
        Set<String> ids = named.stream().map(BadRecordsTest::writtenId).collect(Collectors.toSet());

        topics.answers()
                .awaitAll(
                        "the answers to mutated queries",
                        answers ->
                                answers.stream()
                                        .map(Answer::getQueryId)
                                        .collect(Collectors.toSet())
                                        .containsAll(ids));
        Eventually.until(
                "the others are dead letters",
                () -> sent.without(topics.deadLetters().all()).size() <= named.size());

        assertThat(sent.without(topics.deadLetters().all()))
                .isEqualTo(named.stream().map(Optional::of).toList());
        assertThat(sent.repeated(topics.deadLetters().all())).isZero();
        assertOfBothKindsThereAreMany(named.size());
    }

    private static byte[] mutatedQuery(int number) {
        Query query =
                topics.question(MUTATED + number % 3, "Wer steht vor der Tür?")
                        .setQueryId(MUTATED + number)
                        .setScope(Scope.newBuilder().setLastFrames(2L).build())
                        .setMaxTokens(2)
                        .setTemperature(0.5)
                        .build();
        return mutated((number % 2 == 0 ? QUERIES : JSON_QUERIES).encode(query), number);
    }

    /** As it stands in the answer: where it is no text something is lost. */
    private static String writtenId(Query query) {
        byte[] written = query.getQueryId().getBytes(StandardCharsets.UTF_8);
        return new String(written, StandardCharsets.UTF_8);
    }

    private static void assertOfBothKindsThereAreMany(long taken) {
        assertThat(taken).isBetween(MUTATIONS / 20L, MUTATIONS * 9L / 10);
    }

    private static byte[] bytes(DeadLetter letter) {
        ByteBuffer record = letter.getRecord().duplicate();
        byte[] bytes = new byte[record.remaining()];
        record.get(bytes);
        return bytes;
    }
}
