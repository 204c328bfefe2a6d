package dev.watchword.integration.rig;

import dev.watchword.job.service.EngineConfigs;
import dev.watchword.job.settings.Settings;
import dev.watchword.job.topology.FlinkConfiguration;
import dev.watchword.job.topology.Topology;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job's flow on Flink, with an engine that a test can hold up and let fail. */
public final class FaultyJob implements AutoCloseable {
    private final FaultyEngine engine;
    private final JobClient job;
    private final FlinkRest rest;
    private boolean stopped;

    private FaultyJob(FaultyEngine engine, JobClient job, FlinkRest rest) {
        this.engine = engine;
        this.job = job;
        this.rest = rest;
    }

    /** Starts it. */
    public static FaultyJob start(Settings settings, TestModel model) throws Exception {
        return start(settings, model, Optional.empty());
    }

    /**
     * Starts it.
     *
     * @param savepoint from which it goes on, if it does
     */
    public static FaultyJob start(Settings settings, TestModel model, Optional<Path> savepoint)
            throws Exception {
        FaultyEngine engine = new FaultyEngine(EngineConfigs.of(settings, model.directory()));
        Configuration configuration = FlinkConfiguration.of(settings.job());
        savepoint.ifPresent(
                path ->
                        configuration.set(
                                StateRecoveryOptions.SAVEPOINT_PATH, path.toUri().toString()));
        FlinkRest rest = FlinkRest.on(configuration);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        Topology.lay(environment, settings, settings.kafka().bootstrap(), engine.leaser());
        return new FaultyJob(engine, environment.executeAsync(settings.job().name()), rest);
    }

    /** Its engine. */
    public FaultyEngine engine() {
        return engine;
    }

    /** What Flink's interface counts as failed of the job's checkpoints. */
    public long failedCheckpoints() {
        return rest.json("/jobs/%s/checkpoints".formatted(job.getJobID()))
                .at("/counts/failed")
                .asLong();
    }

    /** How often the job began anew. */
    public long restarts() {
        return rest.json("/jobs/%s/metrics?get=numRestarts".formatted(job.getJobID()))
                .at("/0/value")
                .asLong();
    }

    /**
     * Ends the job with a savepoint in the format that every state backend reads.
     *
     * @param directory in which the savepoint gets a directory of its own
     * @return that one
     */
    public Path stopWithSavepoint(Path directory) throws Exception {
        String savepoint =
                job.stopWithSavepoint(
                                false, directory.toUri().toString(), SavepointFormatType.CANONICAL)
                        .get();
        stopped = true;
        return Path.of(URI.create(savepoint).getPath());
    }

    /** Cancels the job, if it runs, and waits for its end. */
    @Override
    public void close() {
        if (stopped) {
            return;
        }
        try {
            job.cancel().get();
            job.getJobExecutionResult().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            // A cancelled job has no result.
        }
    }
}
