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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
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
    private static final int CUT = 256 * 1024;

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

    private static byte[] bytes(DeadLetter letter) {
        ByteBuffer record = letter.getRecord().duplicate();
        byte[] bytes = new byte[record.remaining()];
        record.get(bytes);
        return bytes;
    }
}
