package dev.watchword.integration.cluster;

import dev.watchword.job.soak.ProcessCluster;
import java.io.File;
import java.io.IOException;
import java.net.URI;
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
 * A Flink cluster on the loopback with the class path that Flink has where it is installed: what the
 * job brings must come from its jar.
 */
final class FlinkCluster implements AutoCloseable {
    private static final String APPLICATION =
            "org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint";
    private static final String PROGRAM = "dev.watchword.job.cli.FlinkProgram";
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
                    "/flink-kubernetes-operator-api/",
                    "/com/networknt/",
                    "/com/ethlo/",
                    "/org/junit/",
                    "/org/testcontainers/");

    private final Path home;
    private final ProcessCluster processes;
    private final Map<String, Integer> metricsPorts = new HashMap<>();

    private FlinkCluster(Path home) throws IOException {
        this.home = home;
        this.processes =
                new ProcessCluster(
                        home,
                        classPath(),
                        Map.of(
                                "metrics.reporters",
                                "prom",
                                "metrics.reporter.prom.factory.class",
                                PrometheusReporterFactory.class.getName()));
    }

    /** Starts the job manager; its files are in the directory. */
    static FlinkCluster start(Path home) throws IOException {
        FlinkCluster cluster = new FlinkCluster(home);
        cluster.processes.startJobManager("job-manager");
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
        FlinkCluster cluster = new FlinkCluster(home);
        Path jobs = Files.createDirectories(home.resolve("usrlib"));
        Files.copy(jar, jobs.resolve(jar.getFileName()));
        List<String> command = new ArrayList<>(List.of(APPLICATION, "--configDir"));
        command.add(home.toString());
        command.add(cluster.metricsPort("job-manager"));
        command.addAll(List.of("--job-classname", PROGRAM));
        command.addAll(List.of(program));
        cluster.processes.start("job-manager", command);
        return cluster;
    }

    /** Starts a task manager; it has one slot. */
    Process startTaskManager(String name) throws IOException {
        return processes.startTaskManager(name, metricsPort(name));
    }

    private String metricsPort(String name) throws IOException {
        int port = ProcessCluster.freePort();
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
        Process client = processes.start("client", command);
        boolean ended = client.waitFor(CLIENT_SECONDS, TimeUnit.SECONDS);
        String printed = log("client");
        if (!ended || client.exitValue() != 0) {
            throw new AssertionError("Flink's client did not succeed:\n" + printed);
        }
        return printed;
    }

    /** What the processes of a name have printed so far. */
    String log(String name) {
        return processes.log(name);
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
        processes.close();
    }
}
