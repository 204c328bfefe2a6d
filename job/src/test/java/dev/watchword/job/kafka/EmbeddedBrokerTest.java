package dev.watchword.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchword.job.retry.Timekeeper;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedBrokerTest {

    private static final Topics TOPICS = Topics.defaults();
    private static final TopicLayout LAYOUT =
            new TopicLayout(1, (short) 1, EmbeddedBrokerSettings.DEFAULT_MAX_MESSAGE_BYTES);

    @Test
    void takesARecordOfTwoMebibytesAndKeepsItOverARestart() throws Exception {
        byte[] value = new byte[2 << 20];
        new Random(7).nextBytes(value);
        Path directory;
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            directory = broker.directory();
            String bootstrap = broker.bootstrap();
            createTopics(broker);
            Records.write(broker.connection(), TOPICS.frames(), "gate", value);

            broker.restart();

            assertThat(broker.bootstrap()).isEqualTo(bootstrap);
            assertThat(Records.read(broker.connection(), TOPICS.frames()))
                    .singleElement()
                    .satisfies(
                            record -> {
                                assertThat(record.key()).isEqualTo("gate");
                                assertThat(record.value()).isEqualTo(value);
                            });
        }
        assertThat(directory).doesNotExist();
    }

    @Test
    void takesUpAGivenDirectoryWhereItWasLeft(@TempDir Path parent) throws Exception {
        Path directory = parent.resolve("records");
        EmbeddedBrokerSettings settings =
                EmbeddedBrokerSettings.defaults().withDirectory(directory);
        String cluster;
        try (EmbeddedBroker broker = EmbeddedBroker.start(settings)) {
            createTopics(broker);
            Records.write(broker.connection(), TOPICS.queries(), "gate", bytes("who"));
            cluster = clusterOf(broker);
        }
        assertThat(directory).isNotEmptyDirectory();
        try (EmbeddedBroker broker = EmbeddedBroker.start(settings)) {
            assertThat(clusterOf(broker)).isEqualTo(cluster);
            assertThat(Records.read(broker.connection(), TOPICS.queries()))
                    .singleElement()
                    .satisfies(record -> assertThat(record.value()).isEqualTo(bytes("who")));
            assertThatThrownBy(() -> EmbeddedBroker.start(settings))
                    .isInstanceOf(BrokerException.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("lock");
        }
        assertThat(Files.exists(directory)).isTrue();
    }

    @Test
    void saysThatTheGivenPortIsTaken() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = other.getLocalPort();
            EmbeddedBrokerSettings settings = EmbeddedBrokerSettings.defaults().withPort(port);
            assertThatThrownBy(() -> EmbeddedBroker.start(settings))
                    .isInstanceOf(BrokerException.class)
                    .hasMessage(
                            "Port %d of 127.0.0.1 is taken: stop what listens there, or choose another.",
                            port);
        }
    }

    @Test
    void aFatalFaultDoesNotEndTheProcess() {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            assertThatThrownBy(() -> Exit.halt(3, "a fault in " + broker.bootstrap()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("a fault in " + broker.bootstrap());
        }
    }

    @Test
    void isClosedOnceAndForAll() {
        EmbeddedBroker broker = EmbeddedBroker.start();
        broker.close();
        broker.close();
        assertThatThrownBy(broker::restart).isInstanceOf(IllegalStateException.class);
    }

    private static void createTopics(EmbeddedBroker broker) throws InterruptedException {
        try (Admin admin = Admin.create(broker.connection().admin())) {
            TOPICS.createMissing(admin, LAYOUT, Timekeeper.system());
        }
    }

    private static String clusterOf(EmbeddedBroker broker)
            throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(broker.connection().admin())) {
            return admin.describeCluster().clusterId().get();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
