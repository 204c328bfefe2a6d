package dev.watchword.job.settings;

import java.util.Map;
import java.util.Properties;

/**
 * Properties that are passed to every Kafka client as they are, such as those for security. Their
 * values may be secrets: {@link #toString()} shows none of them, nor may any message or log line.
 *
 * @param values by property name, with every placeholder already replaced
 */
public record ClientProperties(Map<String, String> values) {
    /** Properties that Watchword sets, and the setting to use instead. */
    private static final Map<String, String> RESERVED =
            Map.ofEntries(
                    Map.entry("bootstrap.servers", "kafka.bootstrap"),
                    Map.entry("group.id", "kafka.group"),
                    Map.entry("auto.offset.reset", "kafka.start-from"),
                    Map.entry("max.request.size", "kafka.max-record-size"),
                    Map.entry("max.partition.fetch.bytes", "kafka.max-record-size"),
                    Map.entry("isolation.level", "kafka.delivery"),
                    Map.entry("enable.idempotence", "kafka.delivery"),
                    Map.entry("transactional.id", "kafka.transaction-prefix"),
                    Map.entry("transaction.timeout.ms", "kafka.transaction-timeout"),
                    Map.entry("enable.auto.commit", "job.checkpoint-interval"),
                    Map.entry("key.serializer", "kafka.queries-format"),
                    Map.entry("value.serializer", "kafka.queries-format"),
                    Map.entry("key.deserializer", "kafka.queries-format"),
                    Map.entry("value.deserializer", "kafka.queries-format"));

    public ClientProperties {
        values = Map.copyOf(values);
        for (String name : values.keySet()) {
            if (RESERVED.containsKey(name)) {
                throw new InvalidValueException(
                        name,
                        HIDDEN,
                        "not be given here: Watchword sets it, from " + RESERVED.get(name));
            }
        }
    }

    static final String HIDDEN = "(hidden)";

    /** A copy as Kafka's clients take it. */
    public Properties toProperties() {
        Properties properties = new Properties();
        properties.putAll(values);
        return properties;
    }

    /** The names, without the values. */
    @Override
    public String toString() {
        return values.keySet().stream().sorted().toList().toString();
    }
}
