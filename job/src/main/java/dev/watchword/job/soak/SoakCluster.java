package dev.watchword.job.soak;

import dev.watchword.job.kafka.BrokerCheck;
import dev.watchword.job.kafka.BrokerException;
import dev.watchword.job.kafka.KafkaConnection;
import dev.watchword.job.kafka.LoopbackPorts;
import dev.watchword.job.retry.Timekeeper;
import dev.watchword.job.settings.Settings;
import dev.watchword.job.topology.FlinkConfiguration;
import dev.watchword.job.topology.Topology;
import dev.watchword.operators.EngineLeaser;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * A broker, ZooKeeper, a job manager that another one can follow, and task managers; and what can
 * befall them. Thread-safe.
 */
final class SoakCluster implements AutoCloseable {
    static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(6);

    /** So long a frozen task manager stands still. */
    static final Duration FREEZE = HEARTBEAT_TIMEOUT.multipliedBy(3).dividedBy(2);

    private static final Duration START_PATIENCE = Duration.ofMinutes(2);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);
    private static final String ZOOKEEPER =
            "org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer";
    private static final String JOB_MANAGER = "job manager";
    private static final String TASK_MANAGER = "task manager";
    private static final String BROKER = "broker";

    private final ProcessCluster processes;
    private final Path home;
    private final int brokerPort;
    private final int largestRecord;
    private final Timekeeper timekeeper;
    private final PeakMemory memory = new PeakMemory();
    private final List<Process> taskManagers = new ArrayList<>();
    private final Process zooKeeper;
    private Process broker;
    private Process jobManager;
    private int taskManagersStarted;

    /**
     * Starts every process, one after the other; when it returns, jobs can be submitted.
     *
     * @param home a directory, for all files
     * @param largestRecord that the broker takes, in bytes
     */
    SoakCluster(Path home, int taskManagers, int largestRecord, Timekeeper timekeeper)
            throws IOException, InterruptedException {
        this.home = home;
        this.largestRecord = largestRecord;
        this.timekeeper = timekeeper;
        this.brokerPort = LoopbackPorts.free();
        int zooKeeperPort = LoopbackPorts.free();
        this.processes = ProcessCluster.ofThisProgram(home, highlyAvailable(home, zooKeeperPort));
        try {
            broker = startBroker();
            zooKeeper = startZooKeeper(zooKeeperPort);
            awaitBroker();
            jobManager = startJobManager();
            awaitJobManager();
            for (int i = 0; i < taskManagers; i++) {
                startTaskManager();
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            processes.close();
            throw e;
        }
    }

    private void awaitBroker() throws InterruptedException {
        try {
            BrokerCheck.waitForBroker(
                    connection(), START_PATIENCE, attempt -> requireLiveBroker(), timekeeper);
        } catch (BrokerException silent) {
            throw new IllegalStateException(ofBroker("does not answer"), silent);
        }
    }

    private void requireLiveBroker() {
        if (!broker.isAlive()) {
            throw new IllegalStateException(ofBroker("ended while it started"));
        }
    }

    private String ofBroker(String trouble) {
        return "The broker %s: see broker.log in %s. It ends with: %s"
                .formatted(trouble, home, endOfBrokerLog());
    }

    private String endOfBrokerLog() {
        List<String> lines = processes.log(BROKER).lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
    }

    private Process startJobManager() throws IOException {
        return processes.startJobManager("job-manager");
    }

    private void awaitJobManager() throws IOException, InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:%d/overview"
                                                .formatted(processes.restPort())))
                        .build();
        long begin = timekeeper.nanoTime();
        while (!isAnswering(http, request)) {
            if (timekeeper.nanoTime() - begin > START_PATIENCE.toNanos()) {
                throw new IllegalStateException(
                        "The job manager does not answer: see job-manager.log in " + home);
            }
            reviveDead();
            timekeeper.sleep(BETWEEN_TRIES);
        }
    }

    private static boolean isAnswering(HttpClient http, HttpRequest request)
            throws InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode()
                    == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Starts processes again that have ended by themselves, as whatever runs a cluster does.
     *
     * @return what they are
     */
    synchronized List<String> reviveDead() throws IOException {
        List<String> dead = new ArrayList<>();
        if (!broker.isAlive()) {
            dead.add(BROKER);
            broker = startBroker();
        }
        if (!jobManager.isAlive()) {
            dead.add(JOB_MANAGER);
            jobManager = startJobManager();
        }
        int before = taskManagers.size();
        taskManagers.removeIf(one -> !one.isAlive());
        for (int i = taskManagers.size(); i < before; i++) {
            dead.add(TASK_MANAGER);
            startTaskManager();
        }
        return dead;
    }

    private static Map<String, String> highlyAvailable(Path home, int zooKeeperPort) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("high-availability.type", "zookeeper");
        settings.put("high-availability.zookeeper.quorum", "127.0.0.1:" + zooKeeperPort);
        settings.put(
                "high-availability.storageDir", home.resolve("high-availability").toUri() + "");
        settings.put("high-availability.zookeeper.client.session-timeout", "6000");
        settings.put("high-availability.zookeeper.client.connection-timeout", "6000");
        settings.put("high-availability.zookeeper.client.retry-wait", "1000");
        // There may be many more processes than processors.
        settings.put("pekko.startup-timeout", START_PATIENCE.toSeconds() + " s");
        settings.put("web.timeout", String.valueOf(START_PATIENCE.toMillis()));
        settings.put("heartbeat.interval", "1000");
        settings.put("heartbeat.timeout", String.valueOf(HEARTBEAT_TIMEOUT.toMillis()));
        return settings;
    }

    private Process startZooKeeper(int port) throws IOException {
        Path data = Files.createDirectories(home.resolve("zookeeper"));
        Path configuration = home.resolve("zoo.cfg");
        Files.writeString(
                configuration,
                """
                clientPort=%d
                clientPortAddress=127.0.0.1
                dataDir=%s
                tickTime=500
                admin.enableServer=false
                """
                        .formatted(port, data));
        return processes.start(
                "zookeeper",
                List.of(ZOOKEEPER, "--zkConfigFile", configuration.toString(), "--peerId", "1"));
    }

    private Process startBroker() throws IOException {
        return processes.start(
                BROKER,
                List.of(
                        BrokerProcess.class.getName(),
                        String.valueOf(brokerPort),
                        home.resolve("broker").toString(),
                        String.valueOf(largestRecord)));
    }

    private void startTaskManager() throws IOException {
        taskManagersStarted++;
        taskManagers.add(processes.startTaskManager("task-manager-" + taskManagersStarted));
    }

    /**
     * How the soak's own clients reach the broker. Without metadata a client holds up who sends, so
     * they keep what they know while the broker is away.
     */
    KafkaConnection connection() {
        return new KafkaConnection(
                "127.0.0.1:" + brokerPort,
                Map.of(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "none"));
    }

    /**
     * Submits the job.
     *
     * @throws IllegalStateException if the job manager does not take it
     */
    void submit(Settings settings, EngineLeaser engine) throws InterruptedException {
        StreamExecutionEnvironment environment =
                processes.environment(FlinkConfiguration.of(settings.job()));
        Topology.lay(environment, settings, connection().bootstrap(), engine);
        try {
            environment.executeAsync(settings.job().name());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(
                    "The job manager did not take the job: see job-manager.log in " + home, e);
        }
    }

    /** Lets a fault happen; what must be started again is started. Does not wait for anything. */
    synchronized void befall(Fault fault) throws IOException, InterruptedException {
        lookAtMemory();
        switch (fault.kind()) {
            case TASK_MANAGER_KILLED -> {
                kill(taskManagers.remove(fault.choice() % taskManagers.size()));
                startTaskManager();
            }
            case TASK_MANAGER_FROZEN ->
                    freeze(taskManagers.get(fault.choice() % taskManagers.size()));
            case BROKER_KILLED -> {
                kill(broker);
                broker = startBroker();
            }
            case JOB_MANAGER_KILLED -> {
                kill(jobManager);
                jobManager = startJobManager();
            }
        }
    }

    private static void kill(Process process) throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** A program of its own does it, so that the process goes on even if this one dies meanwhile. */
    private static void freeze(Process process) throws IOException {
        new ProcessBuilder(
                        "sh",
                        "-c",
                        "kill -STOP $0 && sleep $1; kill -CONT $0",
                        String.valueOf(process.pid()),
                        String.valueOf(FREEZE.toSeconds()))
                .start();
    }

    /** Looks at how much memory every process has taken so far. */
    synchronized void lookAtMemory() {
        memory.look(BROKER, broker.toHandle());
        memory.look("ZooKeeper", zooKeeper.toHandle());
        memory.look(JOB_MANAGER, jobManager.toHandle());
        taskManagers.forEach(one -> memory.look(TASK_MANAGER, one.toHandle()));
    }

    /** The most memory that a process of each kind has taken, in bytes. */
    Map<String, Long> peakMemory() {
        return memory.bytes();
    }

    /** Ends every process. */
    @Override
    public void close() {
        processes.close();
    }
}
