package dev.watchword.job.kafka;

import java.nio.file.Path;
import java.util.Properties;

/** The properties of a single broker that is its own controller and listens on loopback only. */
final class BrokerProperties {

    static final int NODE = 1;
    static final String HOST = "127.0.0.1";
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final String BROKER_LISTENER = "PLAINTEXT";

    private BrokerProperties() {}

    static Properties of(int brokerPort, int controllerPort, Path log, int maxMessageBytes) {
        Properties properties = new Properties();
        addIdentity(properties, brokerPort, controllerPort);
        addLoneness(properties);
        addSmallness(properties);
        properties.put("log.dirs", log.toString());
        properties.put("auto.create.topics.enable", "false");
        properties.put("message.max.bytes", String.valueOf(maxMessageBytes));
        properties.put("replica.fetch.max.bytes", String.valueOf(maxMessageBytes));
        return properties;
    }

    private static void addIdentity(Properties properties, int brokerPort, int controllerPort) {
        String broker = BROKER_LISTENER + "://" + HOST + ":" + brokerPort;
        String controller = CONTROLLER_LISTENER + "://" + HOST + ":" + controllerPort;
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", String.valueOf(NODE));
        properties.put("controller.quorum.voters", NODE + "@" + HOST + ":" + controllerPort);
        properties.put("listeners", broker + "," + controller);
        properties.put("advertised.listeners", broker);
        properties.put(
                "listener.security.protocol.map",
                BROKER_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        properties.put("controller.listener.names", CONTROLLER_LISTENER);
        properties.put("inter.broker.listener.name", BROKER_LISTENER);
    }

    /** Kafka's own topics can have one copy only, and a lone consumer need not wait for others. */
    private static void addLoneness(Properties properties) {
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "1");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("transaction.state.log.num.partitions", "4");
        properties.put("share.coordinator.state.topic.replication.factor", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        properties.put("share.coordinator.state.topic.num.partitions", "1");
        properties.put("group.initial.rebalance.delay.ms", "0");
    }

    /** The cleaner's buffer alone would take 128 MiB of heap. */
    private static void addSmallness(Properties properties) {
        properties.put("num.network.threads", "2");
        properties.put("num.io.threads", "4");
        properties.put("background.threads", "2");
        properties.put("log.cleaner.dedupe.buffer.size", String.valueOf(4 << 20));
    }
}
