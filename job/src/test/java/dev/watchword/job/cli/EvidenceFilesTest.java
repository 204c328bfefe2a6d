package dev.watchword.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.kafka.EmbeddedBroker;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Evidence;
import dev.watchword.schemas.Frame;
import dev.watchword.schemas.RecordCodecs;
import dev.watchword.schemas.RecordFormat;
import dev.watchword.schemas.Status;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceFilesTest {
    private static final Instant MORNING = Instant.parse("2026-03-01T08:00:00Z");
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 1, 2, 3};

    private static EmbeddedBroker broker;

    @TempDir private Path folder;

    private final List<String> notes = new ArrayList<>();
    private TestTopics topics;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void createTopics() throws InterruptedException {
        topics = TestTopics.createdAt(broker);
    }

    private static Frame.Builder frame(String stream, long sequence) {
        return Frame.newBuilder()
                .setStream(stream)
                .setSequence(sequence)
                .setCapturedAt(MORNING.plusSeconds(sequence));
    }

    private static Frame.Builder pictured(String stream, long sequence) {
        byte[] picture = JPEG.clone();
        picture[5] = (byte) sequence;
        return frame(stream, sequence).setImage(ByteBuffer.wrap(picture));
    }

    private void publish(Frame.Builder... frames) throws Exception {
        String topic = topics.kafkaSettings().topics().frames();
        try (KafkaProducer<String, byte[]> producer = TestAnswers.producer(topics, Map.of())) {
            producer.send(new ProducerRecord<>(topic, "gate/1", new byte[] {1, 2, 3})).get();
            for (Frame.Builder frame : frames) {
                byte[] value =
                        RecordCodecs.of(Frame.class, RecordFormat.AVRO).encode(frame.build());
                producer.send(new ProducerRecord<>(topic, frame.getStream(), value)).get();
            }
        }
    }

    private static Answer citing(long... sequences) {
        List<Evidence> evidence = new ArrayList<>();
        for (long sequence : sequences) {
            evidence.add(new Evidence(sequence, MORNING.plusSeconds(sequence), 0.25, ""));
        }
        return Answer.newBuilder(TestAnswers.answer("q", "gate/1", Status.OK, "yes", ""))
                .setEvidence(evidence)
                .build();
    }

    private void write(Answer answer) throws InterruptedException {
        new EvidenceFiles(topics.access(), folder.resolve("evidence"), notes::add).write(answer);
    }

    @Test
    void writesThePicturesThatTheAnswerNames() throws Exception {
        publish(
                pictured("gate/1", 7),
                pictured("other", 8),
                pictured("gate/1", 8),
                pictured("gate/1", 9));

        write(citing(9, 7));

        assertThat(folder.resolve("evidence"))
                .isDirectoryContaining(path -> path.endsWith("gate_1-7.jpeg"))
                .isDirectoryContaining(path -> path.endsWith("gate_1-9.jpeg"))
                .isDirectoryNotContaining(path -> path.endsWith("gate_1-8.jpeg"));
        assertThat(Files.readAllBytes(folder.resolve("evidence/gate_1-9.jpeg")))
                .isEqualTo(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 1, 2, 9});
        assertThat(notes)
                .containsExactly(
                        "Frame 9 of gate/1, captured at 2026-03-01T08:00:09Z, weight 0.25: written to %s."
                                .formatted(folder.resolve("evidence/gate_1-9.jpeg")),
                        "Frame 7 of gate/1, captured at 2026-03-01T08:00:07Z, weight 0.25: written to %s."
                                .formatted(folder.resolve("evidence/gate_1-7.jpeg")));
    }

    @Test
    void writesThePicturesOfEachStreamThatACombinedAnswerNames() throws Exception {
        publish(pictured("gate/1", 7), pictured("yard", 7), pictured("yard", 8));
        Evidence gate = new Evidence(7L, MORNING.plusSeconds(7), 0.5, "gate/1");
        Evidence yard = new Evidence(7L, MORNING.plusSeconds(7), 0.25, "yard");

        write(
                Answer.newBuilder(TestAnswers.answer("q", "gate/1,y*", Status.OK, "yes", ""))
                        .setEvidence(List.of(gate, yard))
                        .build());

        assertThat(folder.resolve("evidence"))
                .isDirectoryContaining(path -> path.endsWith("gate_1-7.jpeg"))
                .isDirectoryContaining(path -> path.endsWith("yard-7.jpeg"))
                .isDirectoryNotContaining(path -> path.endsWith("yard-8.jpeg"));
        assertThat(notes).hasSize(2);
        assertThat(notes.get(0)).startsWith("Frame 7 of gate/1, captured");
        assertThat(notes.get(1)).startsWith("Frame 7 of yard, captured");
    }

    @Test
    void saysOfEachFrameThatCannotBeWrittenWhy() throws Exception {
        publish(frame("gate/1", 3).setImageUri("https://cameras.example/3.jpg"));

        write(citing(3, 4));

        assertThat(notes).hasSize(2);
        assertThat(notes.get(0)).endsWith("its picture is at https://cameras.example/3.jpg.");
        assertThat(notes.get(1))
                .endsWith(
                        "it is no longer in the topic %s."
                                .formatted(topics.kafkaSettings().topics().frames()));
        assertThat(folder.resolve("evidence")).doesNotExist();
    }

    @Test
    void saysSoWhereTheAnswerNamesNone() throws Exception {
        write(citing());

        assertThat(notes).containsExactly("The answer names no frame as evidence.");
    }
}
