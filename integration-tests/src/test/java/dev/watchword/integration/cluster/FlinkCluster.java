package dev.watchword.integration.cluster;

import dev.watchword.integration.rig.FlinkRest;
import dev.watchword.integration.rig.ForPrometheus;
import dev.watchword.job.kafka.LoopbackPorts;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    private static final Pattern SUBMITTED =
            Pattern.compile("Job (\\p{XDigit}+) runs on the cluster and answers questions at ");

    /** The job's jar, which is built before. */
    static final Path JOB_JAR = Path.of("..", "deploy", "target", "watchword-job.jar");

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
    private int clientsStarted;

    private FlinkCluster(Path home) throws IOException {
        this.home = home;
        this.processes = new ProcessCluster(home, classPath(), ForPrometheus.SETTINGS);
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
     * @param program the job's command line
     */
    static FlinkCluster startApplication(Path home, String... program) throws IOException {
        FlinkCluster cluster = new FlinkCluster(home);
        Path jobs = Files.createDirectories(home.resolve("usrlib"));
        Files.copy(JOB_JAR, jobs.resolve(JOB_JAR.getFileName()));
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
        return startTaskManager(name, 1);
    }

    /** Starts a task manager that can run parts of so many jobs at once. */
    Process startTaskManager(String name, int slots) throws IOException {
        return processes.startTaskManager(
                name, metricsPort(name), "-Dtaskmanager.numberOfTaskSlots=" + slots);
    }

    private String metricsPort(String name) {
        int port = LoopbackPorts.free();
        metricsPorts.put(name, port);
        return "-D" + ForPrometheus.PORT + "=" + port;
    }

    /** Where a process tells Prometheus what it measures. */
    URI metrics(String name) {
        return URI.create("http://127.0.0.1:%d/metrics".formatted(metricsPorts.get(name)));
    }

    /**
     * Submits the job's jar by Flink's client, as users do.
     *
     * @param program the job's command line
     * @return the job's number
     * @throws AssertionError if the client fails or does not tell of the job
     */
    String submit(String... program) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("run", "-d", JOB_JAR.toString()));
        command.addAll(List.of(program));
        String printed = client(command.toArray(String[]::new));
        Matcher submitted = SUBMITTED.matcher(printed);
        if (!submitted.find()) {
            throw new AssertionError("Flink's client does not tell of the job:\n" + printed);
        }
        return submitted.group(1);
    }

    /** The state of a job, as Flink calls it. */
    String state(String job) {
        return new FlinkRest(processes.restPort()).json("/jobs/" + job).at("/state").asText();
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
        clientsStarted++;
        String name = "client-" + clientsStarted;
        Process client = processes.start(name, command);
        boolean ended = client.waitFor(CLIENT_SECONDS, TimeUnit.SECONDS);
        String printed = log(name);
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
