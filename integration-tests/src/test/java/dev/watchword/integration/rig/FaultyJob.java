package dev.watchword.integration.rig;

import dev.watchword.job.service.EngineConfigs;
import dev.watchword.job.settings.Settings;
import dev.watchword.job.topology.FlinkConfiguration;
import dev.watchword.job.topology.Topology;
import java.util.concurrent.ExecutionException;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job's flow on Flink, with an engine that a test can hold up and let fail. */
public final class FaultyJob implements AutoCloseable {
    private final FaultyEngine engine;
    private final JobClient job;

    private FaultyJob(FaultyEngine engine, JobClient job) {
        this.engine = engine;
        this.job = job;
    }

    /** Starts it. */
    public static FaultyJob start(Settings settings, TestModel model) throws Exception {
        FaultyEngine engine = new FaultyEngine(EngineConfigs.of(settings, model.directory()));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(
                        FlinkConfiguration.of(settings.job()));
        Topology.lay(environment, settings, settings.kafka().bootstrap(), engine.leaser());
        return new FaultyJob(engine, environment.executeAsync(settings.job().name()));
    }

    /** Its engine. */
    public FaultyEngine engine() {
        return engine;
    }

    /** Cancels the job and waits for its end. */
    @Override
    public void close() {
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
