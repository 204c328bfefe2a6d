package dev.watchword.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchword.job.retry.ManualTimekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BrokerCheckTest {

    private final ManualTimekeeper timekeeper = new ManualTimekeeper(Instant.EPOCH);
    private final List<String> progress = new ArrayList<>();

    @Test
    void saysEveryAttemptAndGivesUpInTime() {
        int port = LoopbackPorts.free();
        KafkaConnection nobody = KafkaConnection.to("127.0.0.1:" + port);
        assertThatThrownBy(
                        () ->
                                BrokerCheck.waitForBroker(
                                        nobody, Duration.ofSeconds(8), progress::add, timekeeper))
                .isInstanceOf(BrokerException.class)
                .hasMessageStartingWith(
                        "No broker answered at 127.0.0.1:%d (attempts: 4, 7 s", port)
                .hasMessageContaining("refused");
        assertThat(progress)
                .containsExactly(
                        "No broker answers at 127.0.0.1:%d (attempt 1): is it running? Trying again in 1 s."
                                .formatted(port),
                        "No broker answers at 127.0.0.1:%d (attempt 2): is it running? Trying again in 2 s."
                                .formatted(port),
                        "No broker answers at 127.0.0.1:%d (attempt 3): is it running? Trying again in 4 s."
                                .formatted(port));
    }

    @Test
    void returnsOnceABrokerAnswers() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.stop();
            BrokerCheck.waitForBroker(
                    broker.connection(),
                    Duration.ofMinutes(5),
                    attempt -> {
                        progress.add(attempt);
                        if (progress.size() == 2) {
                            broker.restart();
                        }
                    },
                    timekeeper);
            assertThat(progress).hasSize(2);
            assertThat(timekeeper.sleeps())
                    .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
        }
    }

    @Test
    void unusablePropertiesAreNotTriedAgain() {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            KafkaConnection connection =
                    new KafkaConnection(
                            broker.bootstrap(), Map.of("security.protocol", "SASL_PLAINTEXT"));
            assertThatThrownBy(
                            () ->
                                    BrokerCheck.waitForBroker(
                                            connection,
                                            Duration.ofMinutes(5),
                                            progress::add,
                                            timekeeper))
                    .isInstanceOf(BrokerException.class)
                    .hasMessageContaining("not usable");
            assertThat(progress).isEmpty();
        }
    }
}
