/**
 * The job on a cluster of processes of this machine, under a load and under faults, and the ledger of
 * what became of every record.
 */
package dev.watchword.job.soak;
