package dev.watchword.job.bench.state;

import dev.watchword.job.bench.Progress;
import dev.watchword.job.settings.Settings;
import dev.watchword.job.topology.FlinkConfiguration;
import dev.watchword.memory.KeyframePolicy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * A job that remembers frames, on a Flink of its own in this process, with the settings that {@code
 * watchword run} would give it: RocksDB with incremental checkpoints, one parallel part. It is saved
 * only when told to.
 */
final class StateJob implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final Duration NEVER = Duration.ofDays(1000);
    private static final long LOOK_MILLIS = 20;
    private static final String NUMBERS = "numbers";
    private static final String REMEMBER = "remember-frames";

    private final Configuration configuration;
    private final KeyframePolicy keyframes;
    private final MiniCluster cluster;

    private StateJob(Configuration configuration, KeyframePolicy keyframes, MiniCluster cluster) {
        this.configuration = configuration;
        this.keyframes = keyframes;
        this.cluster = cluster;
    }

    /**
     * Starts Flink.
     *
     * @param checkpoints where the job is saved
     * @param working where RocksDB works
     */
    static StateJob start(Settings settings, Path checkpoints, Path working) throws Exception {
        Configuration configuration = FlinkConfiguration.of(settings.job());
        configuration.set(CoreOptions.DEFAULT_PARALLELISM, 1);
        configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, NEVER);
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.set(CoreOptions.TMP_DIRS, working.toString());
        configuration.set(RestOptions.BIND_PORT, "0");
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(new Configuration(configuration))
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(1)
                                .build());
        cluster.start();
        return new StateJob(configuration, settings.memory().keyframes(), cluster);
    }

    /**
     * Submits the job.
     *
     * @param from the checkpoint with which it begins, if any; the job leaves it as it is
     */
    JobID submit(StatePlan plan, Gate gate, Optional<Path> from) throws Exception {
        Configuration own = new Configuration(configuration);
        from.ifPresent(
                path -> own.set(StateRecoveryOptions.SAVEPOINT_PATH, path.toUri().toString()));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(1, own);
        environment
                .fromSource(
                        new GatedNumbers(plan.events(), gate.name()),
                        WatermarkStrategy.noWatermarks(),
                        NUMBERS)
                .uid(NUMBERS)
                .keyBy(plan::stream, Types.STRING)
                .process(new RememberFrames(plan, keyframes, gate.name()), Types.VOID)
                .uid(REMEMBER)
                .sinkTo(new DiscardingSink<>())
                .uid("nothing");
        return await(cluster.submitJob(environment.getStreamGraph().getJobGraph())).getJobID();
    }

    /**
     * Waits until the job is done with so many events.
     *
     * @param progress told how many it is done with
     * @throws IllegalStateException if the job ends before
     */
    void awaitDone(JobID job, Gate gate, long events, Progress progress) throws Exception {
        while (gate.done() < events) {
            JobStatus status = await(cluster.getJobStatus(job));
            if (status.isTerminalState() && gate.done() < events) {
                throw new IllegalStateException("The job that is measured ended as " + status);
            }
            progress.show(() -> "%d of %d".formatted(gate.done(), events));
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    /** Saves the job; returns the checkpoint's directory. */
    Path checkpoint(JobID job) throws Exception {
        return Path.of(URI.create(await(cluster.triggerCheckpoint(job))));
    }

    /** Ends the job, and leaves its newest checkpoint. */
    void cancel(JobID job) throws Exception {
        await(cluster.cancelJob(job));
        await(cluster.requestJobResult(job));
    }

    private static <T> T await(CompletableFuture<T> future)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        cluster.closeAsync().join();
    }
}
