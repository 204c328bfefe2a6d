package dev.watchword.job.soak;

import java.time.Duration;

/**
 * Something that befalls the cluster.
 *
 * @param at when, from the beginning of the load
 * @param choice which of several it befalls: the remainder when divided by their number
 */
record Fault(Duration at, FaultKind kind, int choice) {}
