package dev.watchword.job.settings;

/** Where a job that has no checkpoint to continue from begins to read. */
public enum StartFrom {
    /** Where the group had come to; from the beginning where it never read. */
    COMMITTED_ELSE_EARLIEST,
    /** Behind everything there is. */
    LATEST,
    /** At the beginning. */
    EARLIEST
}
