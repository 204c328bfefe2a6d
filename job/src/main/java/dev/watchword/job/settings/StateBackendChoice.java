package dev.watchword.job.settings;

/** Where Flink keeps what the streams remember. */
public enum StateBackendChoice {
    /** On the local disk, with incremental checkpoints. */
    ROCKSDB,
    /** On the heap; every checkpoint writes all of it. For trials only. */
    HASHMAP
}
