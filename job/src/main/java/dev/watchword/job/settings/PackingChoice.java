package dev.watchword.job.settings;

/** Whether weights are laid out anew for a processor's library of products. */
public enum PackingChoice {
    /** Where that is not slower, and the copy takes at most half of the memory. */
    AUTO,
    ALWAYS,
    NEVER
}
