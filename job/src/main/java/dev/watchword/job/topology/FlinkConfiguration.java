package dev.watchword.job.topology;

import dev.watchword.job.settings.JobSettings;
import dev.watchword.job.settings.StateBackendChoice;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;

/** What the job's settings mean to Flink. */
public final class FlinkConfiguration {
    /** After so long without a failure the next one counts as the first. */
    private static final Duration QUIET_TIME = Duration.ofMinutes(10);

    /** The longest wait between two starts, as a multiple of the shortest. */
    private static final int LONGEST_DELAY = 12;

    private FlinkConfiguration() {}

    /** The configuration with which the job is submitted. */
    public static Configuration of(JobSettings settings) {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.NAME, settings.name());
        // Events never change, so that chained operators may hand them on as they are.
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        // A question is alone on its way: it must not wait for others to fill a buffer with it.
        configuration.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ZERO);
        configuration.set(CoreOptions.DEFAULT_PARALLELISM, settings.parallelism());
        configuration.set(
                StateBackendOptions.STATE_BACKEND,
                settings.stateBackend() == StateBackendChoice.ROCKSDB ? "rocksdb" : "hashmap");
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        configuration.set(
                CheckpointingOptions.CHECKPOINTING_INTERVAL, settings.checkpointInterval());
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        // A new start would not mend the place where checkpoints go, and needs it besides.
        configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);
        settings.checkpointDirectory()
                .ifPresent(
                        directory ->
                                configuration.set(
                                        CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory));
        restart(settings, configuration);
        return configuration;
    }

    /** Waits longer after each failure in a row; a quiet time makes it begin anew. */
    private static void restart(JobSettings settings, Configuration configuration) {
        if (settings.restartAttempts() == 0) {
            configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
            return;
        }
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS,
                settings.restartAttempts());
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
                settings.restartDelay());
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
                settings.restartDelay().multipliedBy(LONGEST_DELAY));
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
                QUIET_TIME);
    }
}
