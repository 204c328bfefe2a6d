package dev.watchword.job.cli;

import dev.watchword.job.kafka.EmbeddedBroker;
import dev.watchword.job.retry.Timekeeper;
import dev.watchword.job.settings.Environment;
import dev.watchword.job.settings.Flag;
import dev.watchword.job.settings.KafkaSettings;
import dev.watchword.job.settings.SettingsReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Topics of a test's own on a shared broker, and the flags that lead a command to them. */
final class TestTopics {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final EmbeddedBroker broker;
    private final String prefix = "test-" + COUNT.incrementAndGet() + ".";

    TestTopics(EmbeddedBroker broker) {
        this.broker = broker;
    }

    /** The topics, created. */
    static TestTopics createdAt(EmbeddedBroker broker) throws InterruptedException {
        TestTopics topics = new TestTopics(broker);
        topics.access().requireTopics();
        return topics;
    }

    /** A command line of a command with its arguments, and behind them the flags to the topics. */
    String[] commandLine(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        settings().forEach(setting -> all.addAll(List.of("--set", setting)));
        return all.toArray(String[]::new);
    }

    KafkaSettings kafkaSettings() {
        return SettingsReader.read(
                        Optional.empty(), settings().map(Flag::set).toList(), Environment.empty())
                .kafka();
    }

    BrokerAccess access() {
        return new BrokerAccess(kafkaSettings(), sentence -> {}, Timekeeper.system());
    }

    private Stream<String> settings() {
        return Stream.concat(
                Stream.of("kafka.bootstrap=" + broker.bootstrap()),
                Stream.of("frames", "queries", "answers", "dead-letters")
                        .map(name -> "kafka.topics.%s=%s%s".formatted(name, prefix, name)));
    }
}
