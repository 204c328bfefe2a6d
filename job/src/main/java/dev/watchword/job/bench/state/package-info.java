/**
 * What a stream's history costs in Flink's keyed state: a small job keeps made-up frames in a {@link
 * dev.watchword.memory.StreamMemory}, is saved, goes on, is saved again, and is restored.
 */
package dev.watchword.job.bench.state;
