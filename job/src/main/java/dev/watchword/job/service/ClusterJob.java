package dev.watchword.job.service;

import dev.watchword.engine.EngineConfig;
import dev.watchword.job.settings.JobSettings;
import dev.watchword.job.settings.Settings;
import dev.watchword.job.settings.SettingsException;
import dev.watchword.job.topology.FlinkConfiguration;
import dev.watchword.job.topology.Topology;
import dev.watchword.model.ModelDirectory;
import dev.watchword.operators.EngineLeaser;
import java.nio.file.Files;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job on a Flink cluster, submitted by Flink's client, which runs this program to learn what
 * the job is. Nothing is started here: neither a broker nor an engine nor Flink.
 */
public final class ClusterJob {
    private static final int UNSET_PARALLELISM = 1;

    private ClusterJob() {}

    /** Whether Flink's client, or a cluster, runs this program, and not a person by itself. */
    public static boolean isWanted() {
        return !(StreamExecutionEnvironment.getExecutionEnvironment()
                instanceof LocalStreamEnvironment);
    }

    /**
     * Submits the job. As Flink's client is told, returns at once or when the job has ended.
     *
     * <p>What only a cluster can decide stays with it: slots, memory, and, where the settings do
     * not say otherwise, the parallelism and the place of the checkpoints.
     *
     * @param notes told in sentences what is being done
     * @throws SettingsException if the settings do not suit a cluster
     * @throws dev.watchword.model.ModelFileException if the model directory is on this machine and
     *     cannot be used
     * @throws dev.watchword.job.kafka.BrokerException if there is no broker or its topics cannot be
     *     used
     * @throws ExecutionException if the cluster does not take the job, or if Flink's client waited
     *     for it and it failed or was cancelled
     */
    public static void submit(Settings settings, Consumer<String> notes)
            throws InterruptedException, ExecutionException {
        requireBroker(settings);
        EngineLeaser engine = engine(settings, notes);
        RequiredTopics.ensure(settings.kafka(), settings.kafka().bootstrap(), notes);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration(settings.job()));
        if (environment.getConfiguration().get(CheckpointingOptions.CHECKPOINTS_DIRECTORY)
                == null) {
            notes.accept(
                    "Neither job.checkpoint-directory nor this client's Flink configuration says"
                            + " where checkpoints are kept. If the cluster's does not either, they"
                            + " are lost with the job manager and must be small.");
        }
        Topology.lay(environment, settings, settings.kafka().bootstrap(), engine);
        JobExecutionResult result = execute(environment, settings.job().name());
        notes.accept(
                result.isJobExecutionResult()
                        ? "Job %s has ended.".formatted(result.getJobID())
                        : "Job %s runs on the cluster and answers questions at %s."
                                .formatted(result.getJobID(), settings.kafka().bootstrap()));
    }

    private static JobExecutionResult execute(StreamExecutionEnvironment environment, String name)
            throws InterruptedException, ExecutionException {
        try {
            return environment.execute(name);
        } catch (InterruptedException | ExecutionException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ExecutionException(e);
        }
    }

    private static void requireBroker(Settings settings) {
        if (settings.kafka().embedded()) {
            throw new SettingsException(
                    "kafka.bootstrap is 'embedded', but a cluster has no broker of its own:"
                            + " name one that every task manager reaches, with --bootstrap"
                            + " HOST:PORT.");
        }
    }

    /** The engine of every task manager, for a model that is looked at here if it can be. */
    private static EngineLeaser engine(Settings settings, Consumer<String> notes) {
        ModelChoice model = ModelChoice.of(settings.model());
        if (!model.remark().isEmpty()) {
            notes.accept(model.remark());
        }
        if (Files.exists(model.directory())) {
            ModelDirectory.open(model.directory(), settings.model().visionTower());
        } else {
            notes.accept(
                    model.directory()
                            + " is not on this machine, so that it could not be looked at; every"
                            + " task manager must have it.");
        }
        EngineConfig config = EngineConfigs.of(settings, model.directory());
        return settings.model().directory().isPresent()
                ? EngineLeaser.shared(config)
                : new BundledEngine(config);
    }

    private static Configuration configuration(JobSettings settings) {
        Configuration configuration = FlinkConfiguration.of(settings);
        if (settings.parallelism() == UNSET_PARALLELISM) {
            configuration.removeConfig(CoreOptions.DEFAULT_PARALLELISM);
        }
        return configuration;
    }
}
