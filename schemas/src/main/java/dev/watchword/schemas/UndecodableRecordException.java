package dev.watchword.schemas;

import java.util.Map;

/** A record's value could not be decoded. The message says what was wrong and what to do. */
public final class UndecodableRecordException extends Exception {
    private final Map<String, String> legibleFields;

    UndecodableRecordException(String message) {
        this(message, Map.of());
    }

    UndecodableRecordException(String message, Map<String, String> legibleFields) {
        super(message);
        this.legibleFields = Map.copyOf(legibleFields);
    }

    /**
     * The record's own text fields that could be read all the same, by name: of a JSON query with a
     * mistyped field, {@code query_id} and {@code stream}, so that its asker can be told. Empty for
     * Avro, and for JSON that is not an object. Texts longer than 1,000 characters are left out.
     */
    public Map<String, String> legibleFields() {
        return legibleFields;
    }
}
