package dev.watchword.job.settings;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** How the job runs on Flink. */
public record JobSettings(
        @Meaning("The job's name in Flink's interface and metrics.") @Default("watchword")
                String name,
        @Meaning("Into how many parallel parts the streams are divided.") @Default("1")
                int parallelism,
        @Meaning("How often what the streams remember is saved.") @Default("10 s")
                Duration checkpointInterval,
        @Meaning(
                        "Where it is saved: an address such as file:///var/lib/watchword or s3://bucket/path. Empty: where the Flink cluster is set to.")
                @Default("")
                Optional<String> checkpointDirectory,
        @Meaning(
                        "Where it is kept while the job runs. rocksdb: on the local disk, saved in increments. hashmap: on the heap, saved whole.")
                @Default("rocksdb")
                StateBackendChoice stateBackend,
        @Meaning(
                        "How often in a row a failed job is started again before it is given up; after ten quiet minutes it is counted anew.")
                @Default("10")
                int restartAttempts,
        @Meaning(
                        "How long to wait before a new start; each further one in a row waits longer, up to twelve times as long.")
                @Default("5 s")
                Duration restartDelay) {
    private static final Pattern ADDRESS = Pattern.compile("[a-z][a-z0-9+.-]*:/.+");

    public JobSettings {
        Check.that(!name.isBlank(), "name", name, "not be empty");
        Check.between("parallelism", parallelism, 1, 32_768);
        Check.positive("checkpoint-interval", checkpointInterval);
        checkpointDirectory.ifPresent(
                directory ->
                        Check.matches(
                                "checkpoint-directory",
                                directory,
                                ADDRESS,
                                "be an address, such as file:///var/lib/watchword"));
        Check.between("restart-attempts", restartAttempts, 0, Integer.MAX_VALUE);
        Check.positive("restart-delay", restartDelay);
    }
}
