package dev.watchword.job.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.kafka.LoopbackPorts;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ChildTest {
    @Test
    void aProgramThatFailsEndsItsProcessAndTellsWhy(@TempDir Path home) throws Exception {
        int port = LoopbackPorts.free();
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
                ProcessCluster cluster = ProcessCluster.ofThisProgram(home, Map.of())) {
            Process broker =
                    cluster.start(
                            "broker",
                            List.of(
                                    BrokerProcess.class.getName(),
                                    String.valueOf(taken.getLocalPort()),
                                    home.resolve("records").toString(),
                                    "1048576"));

            assertThat(broker.waitFor(90, TimeUnit.SECONDS)).isTrue();
            assertThat(broker.exitValue()).isOne();
            assertThat(cluster.log("broker"))
                    .contains("BrokerProcess failed.")
                    .contains("Port %d of 127.0.0.1 is taken".formatted(port));
        }
    }
}
