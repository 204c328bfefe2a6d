package dev.watchword.job.topology;

import dev.watchword.operators.RecordOrigin;

/**
 * A record as it came from a topic, not yet looked at.
 *
 * @param value its bytes; empty where the record had none
 */
public record RawRecord(RecordOrigin origin, byte[] value) {}
