package dev.watchword.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.kafka.EmbeddedBroker;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.RecordFormat;
import dev.watchword.schemas.Status;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AnswersCommandTest {
    private static EmbeddedBroker broker;

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

    @Test
    void printsWhatIsThereAsOneLineOfJsonEachAndEnds() {
        TestAnswers.publish(topics, RecordFormat.AVRO, answer("1", "wood"), answer("2", "wood"));
        TestAnswers.publish(topics, RecordFormat.JSON, answer("3", "wood"));

        CommandRun run = CommandRun.of(topics.commandLine("answers"));

        assertThat(run.exitCode()).isZero();
        assertThat(run.outLines())
                .containsExactly(
                        Codecs.json(answer("1", "wood")),
                        Codecs.json(answer("2", "wood")),
                        Codecs.json(answer("3", "wood")));
    }

    @Test
    void printsOnlyTheStreamsThatAreAskedFor() {
        TestAnswers.publish(
                topics,
                RecordFormat.AVRO,
                answer("1", "wood"),
                answer("2", "river"),
                answer("3", "door"));

        CommandRun run =
                CommandRun.of(topics.commandLine("answers", "--stream=wood", "--stream=door"));

        assertThat(run.outLines())
                .containsExactlyInAnyOrder(
                        Codecs.json(answer("1", "wood")), Codecs.json(answer("3", "door")));
    }

    @Test
    void whatWasNeverCommittedIsNotPrinted() {
        try (KafkaProducer<String, byte[]> producer =
                TestAnswers.producer(
                        topics,
                        Map.of(
                                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                                topics.kafkaSettings().topics().answers()))) {
            producer.initTransactions();
            producer.beginTransaction();
            TestAnswers.send(producer, topics, RecordFormat.AVRO, answer("aborted", "wood"));
            producer.abortTransaction();
            producer.beginTransaction();
            TestAnswers.send(producer, topics, RecordFormat.AVRO, answer("committed", "wood"));
            producer.commitTransaction();
        }

        CommandRun run = CommandRun.of(topics.commandLine("answers"));

        assertThat(run.outLines()).containsExactly(Codecs.json(answer("committed", "wood")));
    }

    @Test
    void aRecordThatCannotBeReadIsPassedOver() throws Exception {
        try (KafkaProducer<String, byte[]> producer = TestAnswers.producer(topics, Map.of())) {
            String topic = topics.kafkaSettings().topics().answers();
            producer.send(new ProducerRecord<>(topic, "wood", new byte[] {1, 2, 3})).get();
        }
        TestAnswers.publish(topics, RecordFormat.AVRO, answer("1", "wood"));

        CommandRun run = CommandRun.of(topics.commandLine("answers"));

        assertThat(run.exitCode()).isZero();
        assertThat(run.outLines()).containsExactly(Codecs.json(answer("1", "wood")));
    }

    @Test
    void withoutATopicItSaysSo() {
        topics = new TestTopics(broker);

        CommandRun run = CommandRun.of(topics.commandLine("answers"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith(
                        "watchword: There is no topic %s at %s"
                                .formatted(
                                        topics.kafkaSettings().topics().answers(),
                                        broker.bootstrap()));
    }

    @Test
    void followingGoesOnUntilNobodyReads() throws IOException {
        TestAnswers.publish(topics, RecordFormat.AVRO, answer("1", "wood"));
        PipedReader reader = new PipedReader();
        PrintWriter out = new PrintWriter(new PipedWriter(reader), true);

        CompletableFuture<Integer> exitCode =
                CompletableFuture.supplyAsync(
                        () ->
                                Watchword.commandLine(new ErrorReport())
                                        .setOut(out)
                                        .setErr(new PrintWriter(new StringWriter()))
                                        .execute(topics.commandLine("answers", "--follow")));
        try (Scanner lines = new Scanner(reader)) {
            assertThat(lines.nextLine()).isEqualTo(Codecs.json(answer("1", "wood")));
            TestAnswers.publish(topics, RecordFormat.AVRO, answer("2", "wood"));
            assertThat(lines.nextLine()).isEqualTo(Codecs.json(answer("2", "wood")));
        }
        TestAnswers.publish(topics, RecordFormat.AVRO, answer("3", "wood"));

        assertThat(exitCode.join()).isZero();
    }

    private static Answer answer(String queryId, String stream) {
        return TestAnswers.answer(queryId, stream, Status.OK, "text of " + queryId, "");
    }
}
