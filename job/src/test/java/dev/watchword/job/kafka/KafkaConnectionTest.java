package dev.watchword.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaConnectionTest {

    @Test
    void readsEveryAddress() {
        assertThat(KafkaConnection.to("one:9092, [::1]:9093").addresses())
                .containsExactly(
                        InetSocketAddress.createUnresolved("one", 9092),
                        InetSocketAddress.createUnresolved("::1", 9093));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "host", "host:", ":9092", "host:0", "host:65536", "host:9x", "a:1,"})
    void refusesWhatIsNoAddress(String bootstrap) {
        assertThatThrownBy(() -> KafkaConnection.to(bootstrap))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "A broker's address is HOST:PORT, or several divided by commas, not \"%s\".",
                        bootstrap);
    }

    @Test
    void givenPropertiesReachEveryClientAndWin() {
        KafkaConnection connection =
                new KafkaConnection("host:9092", Map.of("security.protocol", "SSL", "acks", "1"));
        assertThat(connection.admin()).containsEntry("security.protocol", "SSL");
        assertThat(connection.consumer(1024))
                .containsEntry("security.protocol", "SSL")
                .containsEntry("max.partition.fetch.bytes", 1024);
        assertThat(connection.producer(1024))
                .containsEntry("bootstrap.servers", "host:9092")
                .containsEntry("max.request.size", 1024)
                .containsEntry("acks", "1");
    }
}
