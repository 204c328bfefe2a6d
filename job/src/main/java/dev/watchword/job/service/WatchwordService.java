package dev.watchword.job.service;

import dev.watchword.engine.Engine;
import dev.watchword.engine.EngineConfig;
import dev.watchword.engine.EngineModel;
import dev.watchword.engine.SharedEngines;
import dev.watchword.job.kafka.EmbeddedBroker;
import dev.watchword.job.kafka.EmbeddedBrokerSettings;
import dev.watchword.job.kafka.Topics;
import dev.watchword.job.settings.KafkaSettings;
import dev.watchword.job.settings.Settings;
import dev.watchword.job.topology.FlinkConfiguration;
import dev.watchword.job.topology.Topology;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job, running in this process, with all that it needs: the embedded broker where the settings
 * name no other, the topics, the engine, and Flink. What it started, it stops.
 */
public final class WatchwordService implements AutoCloseable {
    private static final long STOP_SECONDS = 30;

    private final Deque<AutoCloseable> started;
    private final String bootstrap;
    private final Engine engine;
    private final JobClient job;

    private WatchwordService(
            Deque<AutoCloseable> started, String bootstrap, Engine engine, JobClient job) {
        this.started = started;
        this.bootstrap = bootstrap;
        this.engine = engine;
        this.job = job;
    }

    /**
     * Starts everything; when it returns, the job has been submitted.
     *
     * @param modelDirectory the model that answers
     * @param resume whether to go on from the newest checkpoint in job.checkpoint-directory
     * @param notes told in sentences what is being done
     * @throws dev.watchword.model.ModelFileException if the model cannot be used
     * @throws dev.watchword.job.kafka.BrokerException if there is no broker or its topics cannot be
     *     used
     */
    public static WatchwordService start(
            Settings settings, Path modelDirectory, boolean resume, Consumer<String> notes)
            throws InterruptedException {
        Deque<AutoCloseable> started = new ArrayDeque<>();
        try {
            EngineConfig engine = EngineConfigs.of(settings, modelDirectory);
            notes.accept("Loading the model in " + modelDirectory + ".");
            SharedEngines.Lease lease = SharedEngines.lease(engine);
            started.push(lease);
            String bootstrap = bootstrap(settings, started, notes);
            Configuration configuration = configuration(settings, resume, started, notes);
            StreamExecutionEnvironment environment =
                    StreamExecutionEnvironment.getExecutionEnvironment(configuration);
            Topology.lay(environment, settings, bootstrap, engine);
            JobClient job = environment.executeAsync(settings.job().name());
            return new WatchwordService(started, bootstrap, lease.engine(), job);
        } catch (InterruptedException | RuntimeException e) {
            closeAll(started);
            throw e;
        } catch (Exception e) {
            closeAll(started);
            throw new IllegalStateException("Flink did not take the job: " + e.getMessage(), e);
        }
    }

    private static String bootstrap(
            Settings settings, Deque<AutoCloseable> started, Consumer<String> notes)
            throws InterruptedException {
        String bootstrap = settings.kafka().bootstrap();
        if (settings.kafka().embedded()) {
            notes.accept("Starting a broker in this process.");
            EmbeddedBroker broker = EmbeddedBroker.start(brokerSettings(settings.kafka()));
            started.push(broker);
            bootstrap = broker.bootstrap();
        }
        RequiredTopics.ensure(settings.kafka(), bootstrap, notes);
        return bootstrap;
    }

    private static EmbeddedBrokerSettings brokerSettings(KafkaSettings settings) {
        int recordBytes = settings.maxRecordSize().toIntBytes();
        EmbeddedBrokerSettings anyPort =
                EmbeddedBrokerSettings.defaults()
                        .withMaxMessageBytes(Topics.deadLetterBytes(recordBytes));
        return settings.embeddedPort() == 0 ? anyPort : anyPort.withPort(settings.embeddedPort());
    }

    private static Configuration configuration(
            Settings settings,
            boolean resume,
            Deque<AutoCloseable> started,
            Consumer<String> notes) {
        Configuration configuration = FlinkConfiguration.of(settings.job());
        Optional<String> directory = settings.job().checkpointDirectory();
        if (directory.isEmpty()) {
            TemporaryDirectory checkpoints = TemporaryDirectory.create("watchword-checkpoints");
            started.push(checkpoints);
            configuration.set(
                    CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                    checkpoints.path().toUri().toString());
            notes.accept(
                    "What the streams remember ends with this process; the setting"
                            + " job.checkpoint-directory keeps it.");
        } else if (resume) {
            Optional<Path> checkpoint = LatestCheckpoint.in(directory.get());
            checkpoint.ifPresent(
                    path ->
                            configuration.set(
                                    StateRecoveryOptions.SAVEPOINT_PATH, path.toUri().toString()));
            notes.accept(
                    checkpoint
                            .map(path -> "Going on from " + path + ".")
                            .orElse("There is no checkpoint to go on from; starting anew."));
        }
        return configuration;
    }

    /** The brokers' addresses. */
    public String bootstrap() {
        return bootstrap;
    }

    /** The model that answers. */
    public EngineModel model() {
        return engine.model();
    }

    /** The job, as Flink sees it. */
    public JobClient job() {
        return job;
    }

    /**
     * Waits until the job ends.
     *
     * @throws ExecutionException if it ends because it failed and may not be started again, or if the
     *     engine hangs, so that it cannot go on in this process
     */
    public void awaitEnd() throws InterruptedException, ExecutionException {
        CompletableFuture.anyOf(
                        job.getJobExecutionResult(),
                        engine.hung().thenCompose(CompletableFuture::failedFuture))
                .get();
    }

    /** Cancels the job, and stops what was started for it, the last first. */
    @Override
    public void close() {
        try {
            JobStatus status = job.getJobStatus().get(STOP_SECONDS, TimeUnit.SECONDS);
            if (!status.isGloballyTerminalState()) {
                job.cancel().get(STOP_SECONDS, TimeUnit.SECONDS);
            }
            job.getJobExecutionResult().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | IllegalStateException e) {
            // A cancelled job has no result, and a local cluster is gone with its job.
        }
        closeAll(started);
    }

    private static void closeAll(Deque<AutoCloseable> started) {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("Stopping", e);
            }
        }
    }
}
