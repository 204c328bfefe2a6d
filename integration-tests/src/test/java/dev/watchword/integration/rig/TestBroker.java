package dev.watchword.integration.rig;

import dev.watchword.job.kafka.EmbeddedBroker;
import dev.watchword.job.kafka.EmbeddedBrokerSettings;
import dev.watchword.job.kafka.Topics;
import org.apache.kafka.common.utils.AppInfoParser;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** A real broker for tests: in a container where there is Docker, else in this process. */
sealed interface TestBroker extends AutoCloseable {
    /** Its address as a client needs it. */
    String bootstrap();

    /** What it is, for whoever reads the log. */
    String description();

    @Override
    void close();

    /** Starts one of the version of the client. */
    static TestBroker start() {
        return DockerClientFactory.instance().isDockerAvailable()
                ? InContainer.start()
                : InProcess.start();
    }

    /** Kafka's own image. */
    record InContainer(KafkaContainer container) implements TestBroker {
        private static final String IMAGE = "apache/kafka";

        static InContainer start() {
            KafkaContainer container =
                    new KafkaContainer(
                            DockerImageName.parse(IMAGE).withTag(AppInfoParser.getVersion()));
            container.start();
            return new InContainer(container);
        }

        @Override
        public String bootstrap() {
            return container.getBootstrapServers();
        }

        @Override
        public String description() {
            return "the container " + container.getDockerImageName();
        }

        @Override
        public void close() {
            container.stop();
        }
    }

    /** The embedded broker. */
    record InProcess(EmbeddedBroker broker) implements TestBroker {
        private static final int MOST_MESSAGE_BYTES =
                Topics.deadLetterBytes(TopicsUnderTest.LARGEST_RECORD);

        static InProcess start() {
            return new InProcess(
                    EmbeddedBroker.start(
                            EmbeddedBrokerSettings.defaults()
                                    .withMaxMessageBytes(MOST_MESSAGE_BYTES)));
        }

        @Override
        public String bootstrap() {
            return broker.bootstrap();
        }

        @Override
        public String description() {
            return "the broker in this process, since there is no Docker here";
        }

        @Override
        public void close() {
            broker.close();
        }
    }
}
