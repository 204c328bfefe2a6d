package dev.watchword.job.soak;

import dev.watchword.job.kafka.LoopbackPorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RpcOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A Flink cluster on the loopback, and what else stands beside it: each part a Java process of its
 * own. Task managers have one slot. Thread-safe.
 */
public final class ProcessCluster implements AutoCloseable {
    private static final String JOB_MANAGER =
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
    private static final String TASK_MANAGER =
            "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";

    /** So long may a process take to reply: there may be many more of them than processors. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String LOGGING =
            """
            rootLogger.level = INFO
            rootLogger.appenderRef.console.ref = console
            appender.console.name = console
            appender.console.type = Console
            appender.console.layout.type = PatternLayout
            appender.console.layout.pattern = %d{HH:mm:ss,SSS} %p %c{1} %m%n
            """;

    private final Path home;
    private final String classPath;
    private final List<String> wrapper;
    private final int restPort;
    private final List<Process> processes = new CopyOnWriteArrayList<>();

    /**
     * Sets it up; nothing is started.
     *
     * @param home where its files and the logs of its processes are; there must be such a directory
     * @param classPath of every process
     * @param settings of Flink, over those that a cluster of this kind needs
     */
    public ProcessCluster(Path home, String classPath, Map<String, String> settings)
            throws IOException {
        this(home, classPath, settings, List.of());
    }

    private ProcessCluster(
            Path home, String classPath, Map<String, String> settings, List<String> wrapper)
            throws IOException {
        this.home = home;
        this.classPath = classPath;
        this.wrapper = wrapper;
        this.restPort = LoopbackPorts.free();
        Map<String, String> all = usualSettings();
        all.putAll(settings);
        Files.writeString(
                home.resolve("config.yaml"),
                all.entrySet().stream()
                        .map(setting -> setting.getKey() + ": " + setting.getValue() + "\n")
                        .collect(Collectors.joining()));
        Files.writeString(home.resolve("log4j.properties"), LOGGING);
    }

    /** One whose processes end with this process, however it ends; they have its class path. */
    static ProcessCluster ofThisProgram(Path home, Map<String, String> settings)
            throws IOException {
        return new ProcessCluster(
                home,
                System.getProperty("java.class.path"),
                settings,
                List.of(Child.class.getName()));
    }

    private Map<String, String> usualSettings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("jobmanager.rpc.address", "127.0.0.1");
        settings.put("jobmanager.rpc.port", String.valueOf(LoopbackPorts.free()));
        settings.put("jobmanager.memory.process.size", "1g");
        settings.put("rest.address", "127.0.0.1");
        settings.put("rest.port", String.valueOf(restPort));
        settings.put("taskmanager.host", "127.0.0.1");
        settings.put("taskmanager.cpu.cores", "1");
        settings.put("taskmanager.numberOfTaskSlots", "1");
        settings.put("taskmanager.memory.framework.heap.size", "128m");
        settings.put("taskmanager.memory.framework.off-heap.size", "128m");
        settings.put("taskmanager.memory.jvm-metaspace.size", "256m");
        settings.put("taskmanager.memory.jvm-overhead.min", "128m");
        settings.put("taskmanager.memory.jvm-overhead.max", "128m");
        settings.put("taskmanager.memory.task.heap.size", "256m");
        settings.put("taskmanager.memory.task.off-heap.size", "256m");
        settings.put("taskmanager.memory.managed.size", "64m");
        settings.put("taskmanager.memory.network.min", "64m");
        settings.put("taskmanager.memory.network.max", "64m");
        settings.put(RpcOptions.ASK_TIMEOUT_DURATION.key(), PATIENCE.toSeconds() + " s");
        settings.put("heartbeat.interval", "500");
        settings.put("heartbeat.timeout", "20000");
        settings.put("execution.checkpointing.dir", checkpoints().toUri().toString());
        return settings;
    }

    /** Where the job manager takes jobs, on the loopback. */
    public int restPort() {
        return restPort;
    }

    /**
     * Where a job is laid that is to run here.
     *
     * @param configuration of the job
     */
    public StreamExecutionEnvironment environment(Configuration configuration) {
        Configuration patient = new Configuration(configuration);
        // While the job manager takes a job, it goes by the job's own setting and not by its own.
        patient.set(RpcOptions.ASK_TIMEOUT_DURATION, PATIENCE);
        return StreamExecutionEnvironment.createRemoteEnvironment("127.0.0.1", restPort, patient);
    }

    /** Where checkpoints are kept, unless a job says otherwise. */
    public Path checkpoints() {
        return home.resolve("checkpoints");
    }

    /** Starts a job manager that takes jobs. */
    public Process startJobManager(String name) throws IOException {
        return start(name, List.of(JOB_MANAGER, "--configDir", home.toString()));
    }

    /**
     * Starts a task manager.
     *
     * @param more further arguments, such as {@code -Dkey=value} for a setting of its own
     */
    public Process startTaskManager(String name, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(TASK_MANAGER, "--configDir"));
        command.add(home.toString());
        command.addAll(List.of(more));
        return start(name, command);
    }

    /**
     * Starts a program.
     *
     * @param name of the process; what it prints is added to the log of this name
     * @param command the class whose main method runs, and its arguments
     */
    public Process start(String name, List<String> command) throws IOException {
        List<String> whole =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-Dai.djl.offline=true",
                                "-Dai.djl.pytorch.graph_optimizer=false",
                                "-Dlog4j.configurationFile=" + home.resolve("log4j.properties"),
                                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                                "--add-opens=java.base/java.util=ALL-UNNAMED",
                                "--add-opens=java.base/java.time=ALL-UNNAMED",
                                "-cp",
                                classPath));
        whole.addAll(wrapper);
        whole.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(whole)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile(name).toFile()));
        builder.environment().put("FLINK_CONF_DIR", home.toString());
        // Beside it Flink looks for the jar of its application.
        builder.environment().put("FLINK_LIB_DIR", home.resolve("lib").toString());
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private Path logFile(String name) {
        return home.resolve(name + ".log");
    }

    /** What the processes of a name have printed so far. */
    public String log(String name) {
        try {
            return Files.readString(logFile(name), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends every process, as {@code kill -9} does. */
    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
    }
}
