package dev.watchword.schemas;

/** How the value of a Kafka record is written. */
public enum RecordFormat {
    /** Avro's single-object encoding: the schema's fingerprint, then the fields in binary. */
    AVRO,
    /** One line of plain JSON in UTF-8, with Avro's field names. */
    JSON
}
