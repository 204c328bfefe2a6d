package dev.watchword.job.settings;

/** In which numbers the network computes. */
public enum PrecisionChoice {
    /** bfloat16 where the device is fast with it, else float32. */
    AUTO,
    FLOAT32,
    BFLOAT16
}
