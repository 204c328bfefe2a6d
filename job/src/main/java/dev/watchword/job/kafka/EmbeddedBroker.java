package dev.watchword.job.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Kafka broker inside this process, its own controller, reachable from this machine only.
 * Its records are on disk: in a temporary directory that goes when it is closed, or in a given one
 * that stays and is taken up again at the next start. A fatal fault of the broker does not end the
 * process, unless its settings say so. Thread-safe.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final Duration MOST_SHUTDOWN = Duration.ofSeconds(15);

    private static final int MOST_ATTEMPTS = 5;

    private final EmbeddedBrokerSettings settings;
    private final Path directory;

    private OptionalInt port;
    private Optional<KafkaRaftServer> server = Optional.empty();
    private boolean guarded;
    private boolean closed;

    private EmbeddedBroker(EmbeddedBrokerSettings settings, Path directory) {
        this.settings = settings;
        this.directory = directory;
        this.port = settings.port();
    }

    /** Starts a broker on any free port, in a temporary directory. */
    public static EmbeddedBroker start() {
        return start(EmbeddedBrokerSettings.defaults());
    }

    /**
     * Starts a broker. It takes connections when this returns.
     *
     * @throws BrokerException if the given port is taken, or the given directory is not usable or
     *     another broker uses it
     */
    public static EmbeddedBroker start(EmbeddedBrokerSettings settings) {
        EmbeddedBroker broker = new EmbeddedBroker(settings, directoryFor(settings));
        broker.guard();
        try {
            broker.startServer();
        } catch (RuntimeException failed) {
            broker.close();
            throw failed;
        }
        if (settings.faultEndsProcess()) {
            broker.unguard();
        }
        return broker;
    }

    private synchronized void guard() {
        ExitGuard.hold();
        guarded = true;
    }

    private synchronized void unguard() {
        if (guarded) {
            guarded = false;
            ExitGuard.release();
        }
    }

    /** {@code 127.0.0.1:PORT}; the same after a restart. */
    public synchronized String bootstrap() {
        return BrokerProperties.HOST + ":" + port.orElseThrow();
    }

    /** How clients reach this broker. */
    public KafkaConnection connection() {
        return KafkaConnection.to(bootstrap());
    }

    /** Where the records are. */
    public Path directory() {
        return directory;
    }

    /** Stops answering. The records stay. Does nothing if it is stopped already. */
    public synchronized void stop() {
        server.ifPresent(
                running ->
                        shutDown(
                                () -> {
                                    running.shutdown();
                                    running.awaitShutdown();
                                }));
        server = Optional.empty();
    }

    /** Stops, if it runs, and starts again on the same port with the records it had. */
    public synchronized void restart() {
        if (closed) {
            throw new IllegalStateException("This broker is closed: start another.");
        }
        stop();
        startServer();
    }

    /** Stops, and deletes the directory if it is a temporary one. Does nothing a second time. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            stop();
        } finally {
            unguard();
            if (settings.directory().isEmpty()) {
                deleteTree(directory);
            }
        }
    }

    private synchronized void startServer() {
        boolean anyPort = port.isEmpty();
        for (int attempt = 1; server.isEmpty(); attempt++) {
            int candidate = port.isPresent() ? port.getAsInt() : LoopbackPorts.free();
            try {
                server = Optional.of(startedOn(candidate));
                port = OptionalInt.of(candidate);
            } catch (Exception failed) {
                boolean taken = Causes.contain(failed, BindException.class);
                if (taken && !anyPort && !LoopbackPorts.isFree(candidate)) {
                    throw new BrokerException(
                            "Port %d of %s is taken: stop what listens there, or choose another."
                                    .formatted(candidate, BrokerProperties.HOST),
                            failed);
                }
                // Between the choice of a free port and its use another may take it.
                if (!taken || attempt == MOST_ATTEMPTS) {
                    throw new BrokerException(
                            "The embedded broker in %s did not start: %s"
                                    .formatted(directory, Causes.rootOf(failed).getMessage()),
                            failed);
                }
            }
        }
    }

    private KafkaRaftServer startedOn(int brokerPort) throws Exception {
        Path log = directory.resolve("log");
        formatIfNew(log);
        Properties properties =
                BrokerProperties.of(
                        brokerPort, LoopbackPorts.free(), log, settings.maxMessageBytes());
        KafkaRaftServer candidate =
                new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
        try {
            candidate.startup();
            return candidate;
        } catch (Exception failed) {
            shutDown(candidate::shutdown);
            throw failed;
        }
    }

    /** Kafka's own shutdown can wait for ever after a failed start: it is left alone then. */
    private static void shutDown(Runnable shutdown) {
        Thread stopping = new Thread(shutdown, "watchword-broker-stop");
        stopping.setDaemon(true);
        stopping.start();
        try {
            stopping.join(MOST_SHUTDOWN.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void formatIfNew(Path log) throws Exception {
        if (Files.exists(log.resolve("meta.properties"))) {
            return;
        }
        try (PrintStream nowhere =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setNodeId(BrokerProperties.NODE)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setDirectories(List.of(log.toString()))
                    .setMetadataLogDirectory(log.toString())
                    .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
                    .setPrintStream(nowhere)
                    .run();
        }
    }

    private static Path directoryFor(EmbeddedBrokerSettings settings) {
        try {
            return settings.directory().isPresent()
                    ? Files.createDirectories(settings.directory().get()).toAbsolutePath()
                    : Files.createTempDirectory("watchword-broker-");
        } catch (IOException failed) {
            throw new BrokerException(
                    "The embedded broker cannot make its directory: " + failed, failed);
        }
    }

    private static void deleteTree(Path root) {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("Could not delete " + root + ".", failed);
        }
    }
}
