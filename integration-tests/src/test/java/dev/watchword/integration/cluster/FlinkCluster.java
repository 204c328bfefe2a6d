package dev.watchword.integration.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.metrics.prometheus.PrometheusReporterFactory;

/**
 * A Flink cluster on the loopback: each part a process of its own, with the class path that Flink
 * has where it is installed. What the job brings must come from its jar.
 */
final class FlinkCluster implements AutoCloseable {
    private static final String JOB_MANAGER =
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
    private static final String APPLICATION =
            "org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint";
    private static final String PROGRAM = "dev.watchword.job.cli.FlinkProgram";
    private static final String TASK_MANAGER =
            "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";
    private static final String CLIENT = "org.apache.flink.client.cli.CliFrontend";
    private static final long CLIENT_SECONDS = 120;

    /** Of the tests' class path, what Flink's own does not have. */
    private static final List<String> NOT_IN_FLINK =
            List.of(
                    "/target/",
                    "/dev/watchword/",
                    "/org/apache/kafka/",
                    "/org/apache/avro/",
                    "/flink-connector-kafka/",
                    "/com/fasterxml/",
                    "/com/github/luben/",
                    "/at/yawk/",
                    "/org/yaml/",
                    "/info/picocli/",
                    "/org/bytedeco/",
                    "/org/junit/",
                    "/org/testcontainers/");

    private final Path home;
    private final List<Process> processes = new ArrayList<>();
    private final Map<String, Integer> metricsPorts = new HashMap<>();

    private FlinkCluster(Path home) {
        this.home = home;
    }

    /** Starts the job manager; its files are in the directory. */
    static FlinkCluster start(Path home) throws IOException {
        FlinkCluster cluster = configured(home);
        cluster.start("job-manager", List.of(JOB_MANAGER, "--configDir", home.toString()));
        return cluster;
    }

    /**
     * Starts a job manager that runs one job and nothing else, as an image with the job's jar does:
     * in Flink's application mode.
     *
     * @param jar the job's jar
     * @param program the job's command line
     */
    static FlinkCluster startApplication(Path home, Path jar, String... program)
            throws IOException {
        FlinkCluster cluster = configured(home);
        Path jobs = Files.createDirectories(home.resolve("usrlib"));
        Files.copy(jar, jobs.resolve(jar.getFileName()));
        List<String> command = new ArrayList<>(List.of(APPLICATION, "--configDir"));
        command.add(home.toString());
        command.add(cluster.metricsPort("job-manager"));
        command.addAll(List.of("--job-classname", PROGRAM));
        command.addAll(List.of(program));
        cluster.start("job-manager", command);
        return cluster;
    }

    private static FlinkCluster configured(Path home) throws IOException {
        Files.writeString(home.resolve("config.yaml"), configuration(home));
        Files.writeString(home.resolve("log4j.properties"), LOGGING);
        return new FlinkCluster(home);
    }

    private static String configuration(Path home) throws IOException {
        return """
                jobmanager.rpc.address: 127.0.0.1
                jobmanager.rpc.port: %d
                jobmanager.memory.process.size: 1g
                rest.address: 127.0.0.1
                rest.port: %d
                taskmanager.host: 127.0.0.1
                taskmanager.cpu.cores: 1
                taskmanager.numberOfTaskSlots: 1
                taskmanager.memory.framework.heap.size: 128m
                taskmanager.memory.framework.off-heap.size: 128m
                taskmanager.memory.jvm-metaspace.size: 256m
                taskmanager.memory.jvm-overhead.min: 128m
                taskmanager.memory.jvm-overhead.max: 128m
                taskmanager.memory.task.heap.size: 256m
                taskmanager.memory.task.off-heap.size: 256m
                taskmanager.memory.managed.size: 64m
                taskmanager.memory.network.min: 64m
                taskmanager.memory.network.max: 64m
                heartbeat.interval: 500
                heartbeat.timeout: 20000
                execution.checkpointing.dir: %s
                metrics.reporters: prom
                metrics.reporter.prom.factory.class: %s
                """
                .formatted(
                        freePort(),
                        freePort(),
                        home.resolve("checkpoints").toUri(),
                        PrometheusReporterFactory.class.getName());
    }

    private static final String LOGGING =
            """
            rootLogger.level = INFO
            rootLogger.appenderRef.console.ref = console
            appender.console.name = console
            appender.console.type = Console
            appender.console.layout.type = PatternLayout
            appender.console.layout.pattern = %d{HH:mm:ss,SSS} %p %c{1} %m%n
            """;

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Starts a task manager; it has one slot. */
    Process startTaskManager(String name) throws IOException {
        return start(
                name, List.of(TASK_MANAGER, "--configDir", home.toString(), metricsPort(name)));
    }

    private String metricsPort(String name) throws IOException {
        int port = freePort();
        metricsPorts.put(name, port);
        return "-Dmetrics.reporter.prom.port=" + port;
    }

    /** Where a process tells Prometheus what it measures. */
    URI metrics(String name) {
        return URI.create("http://127.0.0.1:%d/metrics".formatted(metricsPorts.get(name)));
    }

    /**
     * Runs Flink's client to its end.
     *
     * @return what it printed
     * @throws AssertionError if it fails
     */
    String client(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(CLIENT));
        command.addAll(List.of(arguments));
        Process client = start("client", command);
        boolean ended = client.waitFor(CLIENT_SECONDS, TimeUnit.SECONDS);
        String printed = log("client");
        if (!ended || client.exitValue() != 0) {
            throw new AssertionError("Flink's client did not succeed:\n" + printed);
        }
        return printed;
    }

    /** What a process has printed so far. */
    String log(String name) {
        try {
            return Files.readString(home.resolve(name + ".log"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process start(String name, List<String> command) throws IOException {
        List<String> whole =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-Dai.djl.offline=true",
                                "-Dlog4j.configurationFile=" + home.resolve("log4j.properties"),
                                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                                "--add-opens=java.base/java.util=ALL-UNNAMED",
                                "--add-opens=java.base/java.time=ALL-UNNAMED",
                                "-cp",
                                classPath()));
        whole.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(whole)
                        .redirectErrorStream(true)
                        .redirectOutput(home.resolve(name + ".log").toFile());
        builder.environment().put("FLINK_CONF_DIR", home.toString());
        // Beside it Flink looks for the jar of its application.
        builder.environment().put("FLINK_LIB_DIR", home.resolve("lib").toString());
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    /** What Flink has in its lib where it is installed, and DJL. */
    static String classPath() {
        Stream<String> entries =
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator));
        return entries.filter(entry -> NOT_IN_FLINK.stream().noneMatch(entry::contains))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Ends every process. */
    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
    }
}
