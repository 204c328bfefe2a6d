package dev.watchword.schemas;

import org.apache.avro.generic.IndexedRecord;

/**
 * Turns records of one type into the values of a Kafka topic and back. Decoding what was encoded
 * gives an equal record; moments are kept to the millisecond.
 *
 * <p>Codecs are made by {@link RecordCodecs}, hold no state, and may be used by many threads at
 * once. They are not serializable: make them where they are used.
 *
 * @param <T> the record's class
 */
public interface RecordCodec<T extends IndexedRecord> {
    /**
     * The record as bytes that nothing else refers to.
     *
     * @throws IllegalArgumentException when a field without a default is missing or a moment is
     *     beyond what milliseconds in a long can tell: the program that made the record is wrong
     */
    byte[] encode(T record);

    /**
     * The record that the value holds. Whatever the bytes are, decoding them takes memory in
     * proportion to their number, not to lengths that they claim.
     *
     * @param value the whole value; null, as Kafka gives for a record without one, is refused like
     *     an empty value
     * @throws UndecodableRecordException when the value is not such a record
     */
    T decode(byte[] value) throws UndecodableRecordException;
}
