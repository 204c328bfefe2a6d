package dev.watchword.integration.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.watchword.integration.rig.Eventually;
import dev.watchword.integration.rig.LeakWatch;
import dev.watchword.integration.rig.Shell;
import dev.watchword.integration.rig.TestModel;
import dev.watchword.integration.rig.TestPictures;
import dev.watchword.job.service.EngineConfigs;
import dev.watchword.job.service.WatchwordService;
import dev.watchword.job.settings.Environment;
import dev.watchword.job.settings.Settings;
import dev.watchword.job.settings.SettingsReader;
import dev.watchword.job.topology.Topology;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.DeadLetter;
import dev.watchword.schemas.Frame;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.RecordCodecs;
import dev.watchword.schemas.RecordFormat;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret, in whatever way it is given, is told by nothing that the job and its commands say. */
class SecretsTest {
    private static final String JOB = "watchword-job";
    private static final String PASSWORD = "secret-of-" + JOB;
    private static final String STORE = "canary-of-the-truststore";
    private static final String KEY = "canary-of-the-key";
    private static final String WRONG = "canary-of-a-wrong-login";
    private static final String URI_PASSWORD = "canary-of-an-address";
    private static final List<String> SECRETS = List.of(PASSWORD, STORE, KEY, WRONG, URI_PASSWORD);

    private static final int RECORD_BYTES = 8 << 20;
    private static final Environment ENVIRONMENT =
            name -> Optional.ofNullable(Map.of("JOB_PASSWORD", PASSWORD).get(name));

    @TempDir private Path directory;

    @Test
    void nothingThatTheJobSaysHoldsASecret() throws Exception {
        try (GuardedBroker broker = GuardedBroker.start(directory);
                LeakWatch logs = LeakWatch.open(SECRETS)) {
            Settings settings = settings(broker, "${env:JOB_PASSWORD}");
            assertNoSecret("settings", settings.toString());
            assertNoSecret("plan", plan(settings));
            try (WatchwordService job =
                    WatchwordService.start(
                            settings,
                            TestModel.TINY.directory(),
                            false,
                            note -> assertNoSecret("note", note))) {
                publish(broker);
                assertNoSecret("answer", answer(broker).toString());
                assertNoSecret("reason of a dead letter", letter(broker).getReason());
                assertThat(job.job().getJobStatus().get().isTerminalState()).isFalse();
            }
            assertNoSecret("failing start", failingStart(broker));

            assertThat(logs.read()).as("what was logged").isPositive();
            assertThat(logs.leaks()).isEmpty();
        }
    }

    @Test
    void nothingThatFlinksInterfaceShowsHoldsASecret() throws Exception {
        try (GuardedBroker broker = GuardedBroker.start(directory)) {
            try (ShownJob job = ShownJob.start(settings(broker, "${env:JOB_PASSWORD}"))) {
                publish(broker);
                answer(broker);
                Map<String, String> pages = job.pages();
                pages.forEach(SecretsTest::assertNoSecret);
                assertThat(pages.get(ShownJob.METRICS)).contains("_watchword_");
            }
            try (ShownJob job = ShownJob.start(settings(broker, WRONG))) {
                Eventually.until("the login is refused", job::hasFailed);
                job.pages().forEach(SecretsTest::assertNoSecret);
            }
        }
    }

    @Test
    void nothingThatTheCommandsPrintHoldsASecret() throws Exception {
        try (GuardedBroker broker = GuardedBroker.start(directory)) {
            String file = file(broker, WRONG).toString();
            assertThat(printed(List.of("settings"))).contains("kafka.properties");
            String camera = "rtsp://ann:" + URI_PASSWORD + "@127.0.0.1:1/live";
            for (List<String> command :
                    List.of(
                            List.of("run", "--verbose", "--config", file),
                            List.of("run", "--set=kafka.properties.ssl.key.pasword: " + KEY),
                            List.of("ask", "--stream=a", "--verbose", "--config", file, "Who?"),
                            List.of("publish", "--stream=a", "--source=" + camera, "--verbose"))) {
                String printed = printed(command);
                assertThat(printed).as("%s", command).isNotBlank();
                assertNoSecret("output of " + command.get(0), printed);
            }
        }
    }

    private static void assertNoSecret(String what, String text) {
        for (String secret : SECRETS) {
            assertThat(text).as(what).doesNotContain(secret);
        }
    }

    private Settings settings(GuardedBroker broker, String password) throws Exception {
        return SettingsReader.read(Optional.of(file(broker, password)), List.of(), ENVIRONMENT);
    }

    /** Settings with a secret from the environment, one from a file, and one as it is. */
    private Path file(GuardedBroker broker, String password) throws Exception {
        Path store = directory.resolve("trust.p12");
        if (!Files.exists(store)) {
            keytool(store);
        }
        Path storePassword = Files.writeString(directory.resolve("store-password"), STORE + "\n");
        return Files.writeString(
                directory.resolve("secret-%d.yaml".formatted(password.length())),
                """
                kafka:
                  bootstrap: %s
                  create-topics: false
                  broker-wait: 10 s
                  properties:
                    security.protocol: SASL_SSL
                    sasl.mechanism: SCRAM-SHA-512
                    sasl.jaas.config: org.apache.kafka.common.security.scram.ScramLoginModule required username="%s" password="%s";
                    ssl.truststore.type: PKCS12
                    ssl.truststore.location: %s
                    ssl.truststore.password: ${file:%s}
                    ssl.key.password: %s
                model:
                  precision: float32
                  device: cpu
                  threads: 1
                engine:
                  max-tokens: 8
                  uri-allow: [http://127.0.0.1:1/]
                job:
                  checkpoint-interval: 300 ms
                """
                        .formatted(broker.secure(), JOB, password, store, storePassword, KEY));
    }

    private void keytool(Path store) throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-importcert",
                                "-noprompt",
                                "-alias",
                                "broker",
                                "-file",
                                directory.resolve("ca.crt").toString(),
                                "-keystore",
                                store.toString(),
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                STORE)
                        .redirectErrorStream(true)
                        .start();
        String printed = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(printed).isZero();
    }

    /** As Flink's interface shows it. */
    private static String plan(Settings settings) {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
        Topology.lay(
                environment,
                settings,
                settings.kafka().bootstrap(),
                EngineConfigs.of(settings, TestModel.TINY.directory()));
        return environment.getExecutionPlan() + environment.getConfiguration();
    }

    private static void publish(GuardedBroker broker) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        broker.everythingAllowed().producer(RECORD_BYTES),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            Frame seen =
                    Frame.newBuilder()
                            .setStream("door")
                            .setCapturedAt(Instant.EPOCH)
                            .setSequence(1)
                            .setImage(ByteBuffer.wrap(TestPictures.of("door", 1)))
                            .build();
            Frame fetched =
                    Frame.newBuilder()
                            .setStream("door")
                            .setCapturedAt(Instant.EPOCH)
                            .setSequence(2)
                            .setImageUri("http://ann:" + URI_PASSWORD + "@127.0.0.1:1/1.jpg")
                            .build();
            for (Frame each : List.of(seen, fetched)) {
                byte[] value = RecordCodecs.of(Frame.class, RecordFormat.AVRO).encode(each);
                producer.send(new ProducerRecord<>("watchword.frames", key(), value)).get();
            }
            Query query =
                    Query.newBuilder().setQueryId("q").setStream("door").setText("Who?").build();
            byte[] value = RecordCodecs.of(Query.class, RecordFormat.AVRO).encode(query);
            producer.send(new ProducerRecord<>("watchword.queries", key(), value)).get();
        }
    }

    private static byte[] key() {
        return "door".getBytes(StandardCharsets.UTF_8);
    }

    private static Answer answer(GuardedBroker broker) throws Exception {
        return RecordCodecs.of(Answer.class, RecordFormat.AVRO)
                .decode(first(broker, "watchword.answers"));
    }

    private static DeadLetter letter(GuardedBroker broker) throws Exception {
        return RecordCodecs.of(DeadLetter.class, RecordFormat.AVRO)
                .decode(first(broker, "watchword.dead-letters"));
    }

    private static byte[] first(GuardedBroker broker, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        broker.everythingAllowed().consumer(RECORD_BYTES),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            for (int polls = 0; polls < 60; polls++) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    return record.value();
                }
            }
            throw new AssertionError("Nothing came on " + topic);
        }
    }

    /** All that a start with a wrong login throws. */
    private String failingStart(GuardedBroker broker) throws Exception {
        Settings settings = settings(broker, WRONG);
        Throwable thrown =
                catchThrowable(
                        () ->
                                WatchwordService.start(
                                                settings,
                                                TestModel.TINY.directory(),
                                                false,
                                                note -> {})
                                        .close());
        assertThat(thrown).isNotNull();
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /** What a command prints until it ends or tries again. */
    private static String printed(List<String> command) throws Exception {
        Shell.Run run = Shell.start(command).awaitOrStop(Duration.ofSeconds(40));
        return run.out() + run.notes();
    }
}
