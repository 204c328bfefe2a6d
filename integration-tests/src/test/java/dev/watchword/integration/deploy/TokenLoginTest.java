package dev.watchword.integration.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.integration.rig.TestModel;
import dev.watchword.job.service.WatchwordService;
import dev.watchword.job.settings.Environment;
import dev.watchword.job.settings.Flag;
import dev.watchword.job.settings.Settings;
import dev.watchword.job.settings.SettingsReader;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.RecordCodecs;
import dev.watchword.schemas.RecordFormat;
import dev.watchword.schemas.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources and sinks of the job come in with OAuth tokens, where the settings say so. */
class TokenLoginTest {
    private static final int RECORD_BYTES = 8 << 20;
    private static final int POLLS = 60;

    @TempDir private Path directory;

    @Test
    void theJobReadsAndWritesWithAToken() throws Exception {
        try (GuardedBroker broker = GuardedBroker.start(directory);
                WatchwordService job =
                        WatchwordService.start(
                                settings(broker), TestModel.TINY.directory(), false, note -> {})) {
            Query query =
                    Query.newBuilder().setQueryId("q").setStream("door").setText("Who?").build();
            try (KafkaProducer<byte[], byte[]> producer =
                    new KafkaProducer<>(
                            broker.everythingAllowed().producer(RECORD_BYTES),
                            new ByteArraySerializer(),
                            new ByteArraySerializer())) {
                byte[] value = RecordCodecs.of(Query.class, RecordFormat.AVRO).encode(query);
                producer.send(new ProducerRecord<>("watchword.queries", value)).get();
            }

            assertThat(answer(broker).getStatus()).isEqualTo(Status.NO_FRAMES);
            assertThat(job.job().getJobStatus().get().isTerminalState()).isFalse();
        }
    }

    private static Settings settings(GuardedBroker broker) throws Exception {
        return SettingsReader.read(
                Optional.of(broker.tokenSettings("watchword-job")),
                Stream.of(
                                "model.precision=float32",
                                "model.device=cpu",
                                "model.threads=1",
                                "job.checkpoint-interval=300 ms")
                        .map(Flag::set)
                        .toList(),
                Environment.empty());
    }

    private static Answer answer(GuardedBroker broker) throws Exception {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        broker.everythingAllowed().consumer(RECORD_BYTES),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = List.of(new TopicPartition("watchword.answers", 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            for (int polls = 0; polls < POLLS; polls++) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    return RecordCodecs.of(Answer.class, RecordFormat.AVRO).decode(record.value());
                }
            }
            throw new AssertionError("No answer came");
        }
    }
}
