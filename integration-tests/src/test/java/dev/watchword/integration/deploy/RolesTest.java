package dev.watchword.integration.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchword.integration.rig.TestModel;
import dev.watchword.integration.rig.TestPictures;
import dev.watchword.job.cli.CommandFailedException;
import dev.watchword.job.cli.FlinkProgram;
import dev.watchword.job.kafka.KafkaConnection;
import dev.watchword.job.service.WatchwordService;
import dev.watchword.job.settings.Environment;
import dev.watchword.job.settings.Flag;
import dev.watchword.job.settings.KafkaSettings;
import dev.watchword.job.settings.Settings;
import dev.watchword.job.settings.SettingsReader;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.RecordCodecs;
import dev.watchword.schemas.RecordFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobStatus;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each role does its work with the rights that deploy/ gives it, over TLS and SASL. */
class RolesTest {
    private static final int RECORD_BYTES = 8 << 20;
    private static final int POLLS = 60;
    private static final List<String> TOPICS =
            List.of("frames", "queries", "answers", "dead-letters");

    @TempDir private Path directory;

    @Test
    void everyRoleCanDoItsWorkAndNoMore() throws Exception {
        try (GuardedBroker broker = GuardedBroker.start(directory);
                WatchwordService job = startJob(broker)) {
            Path pictures = Files.createDirectory(directory.resolve("pictures"));
            Files.write(pictures.resolve("1.jpg"), TestPictures.of("door", 1));
            FlinkProgram.main(
                    new String[] {
                        "publish",
                        "--stream",
                        "door",
                        "--source",
                        pictures.toString(),
                        "--fast",
                        "--config",
                        broker.settings("watchword-camera").toString()
                    });
            ask(
                    new String[] {
                        "ask",
                        "--stream",
                        "door",
                        "--config",
                        broker.settings("watchword-asker").toString(),
                        "What is there?"
                    });

            assertThat(firstAnswer(broker).getFrames().getCount()).isEqualTo(1);
            assertThat(job.job().getJobStatus().get()).isEqualTo(JobStatus.RUNNING);
            for (String user : List.of("camera", "asker", "job", "consumer")) {
                for (String topic : TOPICS) {
                    assertWriting(broker, user, topic);
                }
                assertReading(broker, user);
            }
        }
    }

    /** A model that never learnt to end speaks until it is cut off, which the command complains of. */
    private static void ask(String[] command) {
        try {
            FlinkProgram.main(command);
        } catch (CommandFailedException cut) {
            assertThat(cut).hasMessageContaining("did not do what it was asked to").hasNoCause();
        }
    }

    private static final Map<String, List<String>> MAY_WRITE =
            Map.of(
                    "camera", List.of("frames"),
                    "asker", List.of("queries"),
                    "job", List.of("answers", "dead-letters"),
                    "consumer", List.of());

    private static final Map<String, List<String>> MAY_READ =
            Map.of(
                    "camera", List.of(),
                    "asker", List.of("answers"),
                    "job", List.of("frames", "queries"),
                    "consumer", List.of("answers"));

    private static void assertWriting(GuardedBroker broker, String user, String topic)
            throws Exception {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>("watchword." + topic, new byte[0], new byte[0]);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        connection(broker, "watchword-" + user).producer(RECORD_BYTES),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            if (MAY_WRITE.get(user).contains(topic)) {
                producer.send(record).get();
            } else {
                assertThatThrownBy(() -> producer.send(record).get())
                        .as("%s writes %s", user, topic)
                        .hasCauseInstanceOf(AuthorizationException.class);
            }
        }
    }

    /** Without a group, so that nothing but the right to the topic decides. */
    private static void assertReading(GuardedBroker broker, String user) throws Exception {
        Map<String, Object> properties =
                connection(broker, "watchword-" + user).consumer(RECORD_BYTES);
        properties.remove("group.id");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            for (String topic : TOPICS) {
                TopicPartition partition = new TopicPartition("watchword." + topic, 0);
                consumer.assign(List.of(partition));
                consumer.seek(partition, 0);
                if (MAY_READ.get(user).contains(topic)) {
                    assertThat(polls(consumer)).as("%s reads %s", user, topic).isTrue();
                } else {
                    assertThatThrownBy(() -> polls(consumer))
                            .as("%s reads %s", user, topic)
                            .isInstanceOfSatisfying(
                                    TopicAuthorizationException.class,
                                    denied ->
                                            assertThat(denied.unauthorizedTopics())
                                                    .containsExactly(partition.topic()));
                }
            }
        }
    }

    /** Whether a record comes. */
    private static boolean polls(KafkaConsumer<byte[], byte[]> consumer) {
        for (int i = 0; i < POLLS; i++) {
            if (!consumer.poll(Duration.ofSeconds(1)).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static Answer firstAnswer(GuardedBroker broker) throws Exception {
        Map<String, Object> properties =
                connection(broker, "watchword-consumer").consumer(RECORD_BYTES);
        properties.put("group.id", "watchword-consumer-1");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of("watchword.answers"));
            Optional<byte[]> answer = Optional.empty();
            for (int i = 0; i < POLLS && answer.isEmpty(); i++) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    answer = Optional.of(record.value());
                }
            }
            return RecordCodecs.of(Answer.class, RecordFormat.AVRO).decode(answer.orElseThrow());
        }
    }

    private static KafkaConnection connection(GuardedBroker broker, String user) throws Exception {
        KafkaSettings settings = read(broker.settings(user)).kafka();
        return new KafkaConnection(settings.bootstrap(), settings.properties().values());
    }

    private WatchwordService startJob(GuardedBroker broker) throws Exception {
        Settings settings =
                read(
                        broker.settings("watchword-job"),
                        "kafka.delivery=exactly-once",
                        "model.precision=float32",
                        "model.device=cpu",
                        "model.threads=1",
                        "engine.max-tokens=8",
                        "job.checkpoint-interval=300 ms");
        return WatchwordService.start(settings, TestModel.TINY.directory(), false, note -> {});
    }

    private static Settings read(Path file, String... assignments) {
        return SettingsReader.read(
                Optional.of(file),
                Stream.of(assignments).map(Flag::set).toList(),
                Environment.empty());
    }
}
