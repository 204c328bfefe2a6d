package dev.watchword.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.integration.rig.JobUnderTest;
import dev.watchword.integration.rig.KafkaUnderTest;
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
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

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
    private static final int CUT = 256 * 1024;

    @TempDir static Path pictures;

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
                        "kafka.max-record-size=64 kib",
                        "engine.uri-allow=" + pictures.toUri());
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

        DeadLetter letter = letterOf(topics.send(topics.names().frames(), "yard", garbage));

        assertThat(letter.getTopic()).isEqualTo(topics.names().frames());
        assertThat(letter.getReason()).isNotEmpty();
        assertThat(bytes(letter)).isEqualTo(garbage);
        assertThat(letter.getSize()).isEqualTo(4);
    }

    @Test
    void aRecordWithoutValueIsADeadLetter() {
        DeadLetter letter = letterOf(topics.send(topics.names().frames(), "yard", null));

        assertThat(letter.getSize()).isZero();
    }

    @Test
    void aRecordThatIsNoQueryIsADeadLetter() {
        byte[] garbage = "Who is there?".getBytes(StandardCharsets.UTF_8);

        DeadLetter letter = letterOf(topics.send(topics.names().queries(), "yard", garbage));

        assertThat(letter.getTopic()).isEqualTo(topics.names().queries());
        assertThat(bytes(letter)).isEqualTo(garbage);
    }

    @Test
    void aQueryWithoutAnIdIsADeadLetterSinceNobodyCouldFindItsAnswer() {
        Query query = Query.newBuilder().setQueryId("").setStream("yard").setText("Who?").build();

        DeadLetter letter =
                letterOf(topics.send(topics.names().queries(), "yard", QUERIES.encode(query)));

        assertThat(letter.getReason()).contains("query_id");
        assertThat(letter.getStream()).contains("yard");
    }

    @Test
    void aPictureThatIsNoneIsADeadLetterWithItsFrame() throws Exception {
        Frame frame = TopicsUnderTest.frame("yard", 1, new byte[] {'n', 'o'});

        DeadLetter letter = letterOf(topics.publish(frame));

        assertThat(letter.getTopic()).isEqualTo(topics.names().frames());
        assertThat(letter.getStream()).contains("yard");
        assertThat(letter.getReason()).containsIgnoringCase("picture");
        assertThat(FRAMES.decode(bytes(letter))).isEqualTo(frame);
    }

    @Test
    void aCutOffPictureIsADeadLetter() {
        byte[] whole = TestPictures.widePng("yard", 1);

        DeadLetter letter =
                letterOf(
                        topics.publish(
                                TopicsUnderTest.frame("yard", 1, Arrays.copyOf(whole, 200))));

        assertThat(letter.getReason()).contains("cut off");
    }

    @Test
    void anOversizedPictureIsADeadLetterBeforeItIsDecoded() {
        DeadLetter letter =
                letterOf(topics.publish(TopicsUnderTest.frame("yard", 1, TestPictures.hugePng())));

        assertThat(letter.getReason()).contains("60000 x 60000");
    }

    @Test
    void ofALargeRecordTheBeginningIsKept() {
        byte[] garbage = new byte[TopicsUnderTest.LARGEST_RECORD - 1024];
        Arrays.fill(garbage, (byte) 7);

        DeadLetter letter = letterOf(topics.send(topics.names().frames(), "yard", garbage));

        assertThat(letter.getSize()).isEqualTo(garbage.length);
        assertThat(bytes(letter)).isEqualTo(Arrays.copyOf(garbage, CUT));
    }

    @Test
    void aFrameWithoutPictureIsADeadLetter() {
        DeadLetter letter = letterOf(topics.publish(TopicsUnderTest.frame("yard", 1, new byte[0])));

        assertThat(letter.getReason()).contains("image").contains("image_uri");
    }

    @Test
    void aFrameOfAStreamWithABadNameIsADeadLetter() {
        DeadLetter letter = letterOf(topics.publish(TopicsUnderTest.frame("the yard", 1)));

        assertThat(letter.getReason()).contains("the yard");
    }

    @Test
    void aPictureFromAPlaceThatIsNotAllowedIsADeadLetter() {
        DeadLetter letter = letterOf(topics.publish(remote("http://127.0.0.1:1/picture.jpg")));

        assertThat(letter.getReason()).contains("engine.uri-allow");
    }

    @Test
    void addressesThatLeadNowhereAreDeadLetters() throws Exception {
        for (String name : new String[] {"none.jpg", "a.jpg?b=c", "%00.jpg", "", "x.jpg#y"}) {
            DeadLetter letter = letterOf(topics.publish(remote(pictures.toUri() + name)));

            assertThat(letter.getReason()).containsIgnoringCase("picture");
        }
    }

    @Test
    void noAddressLeadsOutOfWhatIsAllowed() throws IOException {
        Path outside = Files.createTempFile("outside", ".png");
        Files.write(outside, TestPictures.widePng("yard", 1));
        Path inside = Files.createDirectories(pictures.resolve("inside"));
        String up = inside.relativize(outside).toString();
        for (String way : new String[] {up, up.replace("..", "%2e%2e"), up.replace("..", ".%2E")}) {
            DeadLetter letter = letterOf(topics.publish(remote(inside.toUri() + way)));

            assertThat(letter.getReason()).contains("engine.uri-allow");
        }
        Files.delete(outside);
    }

    @Test
    void ofAnEndlessAddressTheBeginningIsTold() {
        String address = "http://nowhere/" + "a".repeat(8_000_000);

        DeadLetter letter = letterOf(topics.publish(remote(address)));

        assertThat(letter.getReason()).contains("http://nowhere/aaa").hasSizeLessThan(2_000);
    }

    @Test
    void ofAnEndlessStreamNameTheBeginningIsTold() {
        String name = "s".repeat(3_000_000);

        DeadLetter letter = letterOf(topics.publish(TopicsUnderTest.frame(name, 1)));

        assertThat(name).startsWith(letter.getStream().orElseThrow().substring(0, 100));
        assertThat(letter.getReason()).contains("3000000");
    }

    @Test
    void aPictureFromAnAllowedPlaceIsRemembered() throws IOException {
        Path picture = Files.write(pictures.resolve("1.png"), TestPictures.widePng("yard", 1));

        topics.publish(Frame.newBuilder(remote(picture.toUri().toString())).setStream("r").build());

        topics.awaitRemembered("r", 1);
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

    private static Frame remote(String uri) {
        return Frame.newBuilder(TopicsUnderTest.frame("yard", 1, new byte[0]))
                .setImageUri(uri)
                .build();
    }

    private static DeadLetter letterOf(Future<RecordMetadata> sending) {
        RecordMetadata sent = TopicsUnderTest.sent(sending);
        return topics.deadLetters()
                .await(
                        "the dead letter of " + sent,
                        letter ->
                                letter.getTopic().equals(sent.topic())
                                        && letter.getPartition() == sent.partition()
                                        && letter.getOffset() == sent.offset());
    }

    private static byte[] bytes(DeadLetter letter) {
        ByteBuffer record = letter.getRecord().duplicate();
        byte[] bytes = new byte[record.remaining()];
        record.get(bytes);
        return bytes;
    }
}
