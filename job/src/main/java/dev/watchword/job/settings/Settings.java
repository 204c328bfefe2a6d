package dev.watchword.job.settings;

import java.util.List;
import java.util.Optional;

/** Every setting of the job and of the commands around it. */
public record Settings(
        @Meaning("The broker, the topics, and how records are read and written.")
                KafkaSettings kafka,
        @Meaning("Which network answers, and on what it runs.") ModelSettings model,
        @Meaning("How the engine works, and what it refuses.") EngineSettings engine,
        @Meaning("What a stream remembers.") MemorySettings memory,
        @Meaning("How the job runs on Flink.") JobSettings job) {

    public Settings {
        Check.that(
                kafka.delivery() != Delivery.EXACTLY_ONCE
                        || kafka.transactionTimeout().compareTo(job.checkpointInterval()) > 0,
                "kafka.transaction-timeout",
                kafka.transactionTimeout(),
                "be longer than job.checkpoint-interval, which is "
                        + SettingText.of(job.checkpointInterval()));
    }

    /** The settings when nobody gives any. */
    public static Settings defaults() {
        return SettingsReader.read(Optional.empty(), List.of(), Environment.empty());
    }
}
