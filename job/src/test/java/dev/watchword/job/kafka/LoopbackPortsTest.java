package dev.watchword.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LoopbackPortsTest {
    @Test
    void noPortIsGivenTwiceInARow() {
        assertThat(Stream.generate(LoopbackPorts::free).limit(100)).doesNotHaveDuplicates();
    }

    @Test
    void noSystemHandsThemOutByItself() {
        assertThat(Stream.generate(LoopbackPorts::free).limit(100))
                .allSatisfy(port -> assertThat(port).isBetween(20_000, 32_767));
    }

    @Test
    void aPortWithAListenerIsNotFree() throws Exception {
        int port = LoopbackPorts.free();
        assertThat(LoopbackPorts.isFree(port)).isTrue();
        try (ServerSocket taken =
                new ServerSocket(port, 1, InetAddress.getByName(BrokerProperties.HOST))) {
            assertThat(LoopbackPorts.isFree(taken.getLocalPort())).isFalse();
        }
    }
}
