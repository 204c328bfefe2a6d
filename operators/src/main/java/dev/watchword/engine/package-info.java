/**
 * The engine: one for each device and JVM, shared by all subtasks. It batches frames across
 * streams, and generates answers while frames keep flowing. It knows neither Flink nor Kafka.
 */
package dev.watchword.engine;
