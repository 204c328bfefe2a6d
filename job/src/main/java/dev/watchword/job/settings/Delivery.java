package dev.watchword.job.settings;

/** What a failure may do to answers that are being written. */
public enum Delivery {
    /** An answer is visible at once, and may be written again, with the same answer_id. */
    AT_LEAST_ONCE,
    /** Answers are written in transactions and become visible with the next checkpoint. */
    EXACTLY_ONCE
}
