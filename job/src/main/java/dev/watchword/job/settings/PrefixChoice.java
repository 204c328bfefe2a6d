package dev.watchword.job.settings;

/** With what the text in front of a history is fused. */
public enum PrefixChoice {
    /** With one frame of the history, so that what the network read of it can be kept. */
    ANCHORED,
    /** As the question is; every question reads its history anew. */
    EXACT
}
