/**
 * Benchmarks of the network: what it reaches on this machine, beside what the machine can reach.
 *
 * <p>A {@link dev.watchword.job.bench.Benchmark} is a set of rivals that are measured in turn, and a
 * table of what came of it. Whatever can change a result from one run to the next, such as another
 * process on the machine, so strikes all rivals alike.
 */
package dev.watchword.job.bench;
