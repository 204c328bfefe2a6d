package dev.watchword.integration.cluster;

import dev.watchword.integration.rig.FlinkRest;
import dev.watchword.integration.rig.TopicsUnderTest;
import dev.watchword.job.settings.Settings;
import dev.watchword.job.soak.ProcessCluster;
import dev.watchword.job.topology.FlinkConfiguration;
import dev.watchword.job.topology.Topology;
import dev.watchword.operators.EngineLeaser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job's flow on a Flink cluster of processes that have the tests' class path, so that an engine
 * of the tests can be on it. The cluster's files and logs are left under {@code target}.
 */
final class ProcessJob implements AutoCloseable {
    private static final String JOB_MANAGER = "job-manager";

    private final ProcessCluster processes;
    private final Path home;
    private JobID job;

    private ProcessJob(ProcessCluster processes, Path home) {
        this.processes = processes;
        this.home = home;
    }

    /**
     * Starts a job manager; there is no task manager yet.
     *
     * @param flink settings of the cluster
     */
    static ProcessJob start(String name, Map<String, String> flink) throws IOException {
        Path home = Files.createTempDirectory(Path.of("target"), name + "-").toAbsolutePath();
        ProcessCluster processes =
                new ProcessCluster(home, System.getProperty("java.class.path"), flink);
        processes.startJobManager(JOB_MANAGER);
        return new ProcessJob(processes, home);
    }

    /** Its directory. */
    Path home() {
        return home;
    }

    /** Starts a task manager, which has one slot. */
    Process startTaskManager(String name) throws IOException {
        return processes.startTaskManager(name);
    }

    /** Submits the job; Flink's client waits for a job manager that is about to begin. */
    void submit(TopicsUnderTest topics, Settings settings, EngineLeaser engine) throws Exception {
        StreamExecutionEnvironment environment =
                processes.environment(FlinkConfiguration.of(settings.job()));
        Topology.lay(environment, settings, topics.bootstrap(), engine);
        job = environment.executeAsync(settings.job().name()).getJobID();
    }

    /** How many task managers the job manager knows. */
    int taskManagers() {
        return rest().json("/overview").at("/taskmanagers").asInt();
    }

    /** How many checkpoints of the job have failed. */
    long failedCheckpoints() {
        return rest().json("/jobs/%s/checkpoints".formatted(job)).at("/counts/failed").asLong();
    }

    private FlinkRest rest() {
        return new FlinkRest(processes.restPort());
    }

    /** What the job manager has logged so far. */
    String jobManagerLog() {
        return processes.log(JOB_MANAGER);
    }

    /** Ends every process. */
    @Override
    public void close() {
        processes.close();
    }
}
