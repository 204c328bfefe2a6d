package dev.watchword.job.camera;

import dev.watchword.job.kafka.KafkaConnection;
import dev.watchword.job.retry.Timekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.Producer;

/**
 * Several cameras that publish at the same time, each in a thread of its own, over one connection to
 * Kafka. One that fails does not stop the others. Thread-safe.
 */
public final class CameraFleet implements AutoCloseable {

    /** A name server that does not answer may hold a camera up for longer than anyone waits. */
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(5);

    private final Producer<String, byte[]> producer;
    private final Duration drain;
    private final CameraListener listener;
    private final Map<String, FramePublisher> publishers = new LinkedHashMap<>();
    private final Map<String, String> failures = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();

    private CameraFleet(
            Producer<String, byte[]> producer, Duration drain, CameraListener listener) {
        this.producer = producer;
        this.drain = drain;
        this.listener = listener;
    }

    /**
     * Opens all files and folders, and starts all cameras. Kafka may be away.
     *
     * @throws CameraException if one cannot be opened; then none is started
     * @throws IllegalArgumentException if two have the same stream
     * @throws dev.watchword.job.kafka.BrokerException if the connection's properties are not usable
     */
    public static CameraFleet start(
            List<CameraSettings> settings,
            Cameras cameras,
            KafkaConnection connection,
            PublisherSettings publishing,
            CameraListener listener,
            Timekeeper timekeeper)
            throws CameraException, InterruptedException {
        requireDifferentStreams(settings);
        Producer<String, byte[]> producer =
                FrameProducer.open(connection, publishing.maxMessageBytes());
        CameraFleet fleet = new CameraFleet(producer, publishing.drain(), listener);
        try {
            openAll(settings, cameras, listener)
                    .forEach((each, camera) -> fleet.add(each, camera, publishing, timekeeper));
        } catch (CameraException | InterruptedException failed) {
            fleet.close();
            throw failed;
        }
        fleet.threads.forEach(Thread::start);
        return fleet;
    }

    /** Waits until every camera has ended or failed, and Kafka has taken everything. */
    public void await() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** What each camera has done so far, by stream. */
    public Map<String, PublisherStatistics> statistics() {
        Map<String, PublisherStatistics> statistics = new LinkedHashMap<>();
        publishers.forEach((stream, publisher) -> statistics.put(stream, publisher.statistics()));
        return statistics;
    }

    /** Why cameras failed, by stream; those that did not are not in it. */
    public Map<String, String> failures() {
        return Map.copyOf(failures);
    }

    /** Stops all cameras. What is under way has a little time to arrive. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        boolean interrupted = false;
        for (Thread thread : threads) {
            try {
                thread.join(drain.plus(LAST_PATIENCE).toMillis());
            } catch (InterruptedException hurry) {
                interrupted = true;
            }
        }
        producer.close(drain);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<CameraSettings, Camera> openAll(
            List<CameraSettings> settings, Cameras cameras, CameraListener listener)
            throws CameraException, InterruptedException {
        Map<CameraSettings, Camera> opened = new LinkedHashMap<>();
        try {
            for (CameraSettings each : settings) {
                opened.put(
                        each, cameras.open(each, report -> listener.report(each.stream(), report)));
            }
            return opened;
        } catch (CameraException | InterruptedException failed) {
            opened.values().forEach(Camera::close);
            throw failed;
        }
    }

    private void add(
            CameraSettings settings,
            Camera camera,
            PublisherSettings publishing,
            Timekeeper timekeeper) {
        String stream = settings.stream();
        FramePublisher publisher =
                new FramePublisher(
                        stream,
                        settings.firstSequence(),
                        camera,
                        producer,
                        publishing,
                        report -> listener.report(stream, report),
                        timekeeper);
        publishers.put(stream, publisher);
        Thread thread = new Thread(() -> run(stream, camera, publisher), "camera-" + stream);
        thread.setDaemon(true);
        threads.add(thread);
    }

    private void run(String stream, Camera camera, FramePublisher publisher) {
        try (camera) {
            publisher.run();
        } catch (CameraException | RuntimeException failure) {
            failures.put(stream, String.valueOf(failure.getMessage()));
        } catch (InterruptedException stopped) {
            // By close().
        }
    }

    private static void requireDifferentStreams(List<CameraSettings> settings) {
        Set<String> streams = new HashSet<>();
        for (CameraSettings each : settings) {
            if (!streams.add(each.stream())) {
                throw new IllegalArgumentException(
                        "Two cameras have the stream " + each.stream() + ".");
            }
        }
    }
}
