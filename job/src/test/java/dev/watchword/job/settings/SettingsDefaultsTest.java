package dev.watchword.job.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.operators.Overload;
import dev.watchword.schemas.RecordFormat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsDefaultsTest {

    @Test
    void everyDefaultIsWhatItIsSaidToBe() {
        assertThat(Settings.defaults())
                .isEqualTo(
                        new Settings(
                                kafkaDefaults(),
                                new ModelSettings(
                                        Optional.empty(),
                                        Optional.empty(),
                                        PrecisionChoice.AUTO,
                                        PackingChoice.AUTO,
                                        "auto",
                                        ChatTemplateChoice.AUTO,
                                        0),
                                new EngineSettings(
                                        16,
                                        Duration.ofMillis(5),
                                        256,
                                        Overload.WAIT,
                                        2,
                                        4,
                                        DataSize.ofMebibytes(1024),
                                        DataSize.ofMebibytes(256),
                                        DataSize.ofMebibytes(64),
                                        PrefixChoice.ANCHORED,
                                        2000,
                                        64,
                                        1024,
                                        3,
                                        Duration.ofSeconds(10),
                                        50_000_000,
                                        DataSize.ofMebibytes(8),
                                        List.of(),
                                        Duration.ofSeconds(10),
                                        Duration.ofMillis(500),
                                        Duration.ofMinutes(5)),
                                new MemorySettings(
                                        100_000,
                                        Duration.ZERO,
                                        8,
                                        16,
                                        16,
                                        DataSize.ofMebibytes(256),
                                        16,
                                        1000,
                                        16,
                                        100,
                                        8,
                                        OtherModelChoice.RESTART),
                                new JobSettings(
                                        "watchword",
                                        1,
                                        Duration.ofSeconds(10),
                                        Optional.empty(),
                                        StateBackendChoice.ROCKSDB,
                                        10,
                                        Duration.ofSeconds(5))));
    }

    private static KafkaSettings kafkaDefaults() {
        return new KafkaSettings(
                "embedded",
                9092,
                new TopicSettings(
                        "watchword.frames",
                        "watchword.queries",
                        "watchword.answers",
                        "watchword.dead-letters"),
                4,
                1,
                true,
                "watchword",
                Delivery.AT_LEAST_ONCE,
                "watchword",
                Duration.ofMinutes(15),
                DataSize.ofMebibytes(8),
                RecordFormat.AVRO,
                RecordFormat.AVRO,
                StartFrom.COMMITTED_ELSE_EARLIEST,
                Duration.ofMinutes(1),
                Optional.empty(),
                new ClientProperties(Map.of()));
    }
}
