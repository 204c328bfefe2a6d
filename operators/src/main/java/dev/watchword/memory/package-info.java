/**
 * What a stream remembers: the tokens of its frames, keyframes, pending queries, questions that wait
 * for their moment, standing questions, and answered questions that may be followed up. Of Flink only the state interfaces are used here.
 *
 * <p>State is bytes under numbers and names, coded with Avro where it has a structure, so that a
 * later version reads what an earlier one wrote.
 */
package dev.watchword.memory;
