package dev.watchword.operators;

/** Where a record came from. */
public record RecordOrigin(String topic, int partition, long offset) {}
