package dev.watchword.job.soak;

import dev.watchword.job.kafka.EmbeddedBroker;
import dev.watchword.job.kafka.EmbeddedBrokerSettings;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The broker as a process of its own, until a fatal fault ends it. */
public final class BrokerProcess {
    private BrokerProcess() {}

    /**
     * Starts it.
     *
     * @param arguments the port, the directory of its records, the largest record in bytes
     */
    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedBroker.start(
                EmbeddedBrokerSettings.defaults()
                        .withPort(Integer.parseInt(arguments[0]))
                        .withDirectory(Path.of(arguments[1]))
                        .withMaxMessageBytes(Integer.parseInt(arguments[2]))
                        .withFaultEndingProcess());
        new CountDownLatch(1).await();
    }
}
