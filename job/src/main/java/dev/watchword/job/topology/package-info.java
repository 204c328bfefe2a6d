/**
 * The flow of the job on Flink: from the topics of frames and queries, through the two operators,
 * to the topics of answers and dead letters.
 */
package dev.watchword.job.topology;
