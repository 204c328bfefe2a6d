package dev.watchword.job.settings;

/** In which numbers the network computes. */
public enum PrecisionChoice {
    /** bfloat16 on a GPU, float32 on a processor. */
    AUTO,
    FLOAT32,
    BFLOAT16
}
