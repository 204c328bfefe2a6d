package dev.watchword.schemas;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** How values of one schema stand in plain JSON. Shapes hold no state. */
sealed interface JsonShape permits JsonRecord, JsonNullable, JsonArray, JsonEnum, JsonScalar {
    /** Writes a value as Avro's data model has it. */
    void write(Object value, JsonGenerator out) throws IOException;

    /**
     * Reads the value on whose first token the parser stands, and leaves it on the last.
     *
     * @throws MalformedJsonException when the value has another shape; the message tells its path
     */
    Object read(JsonParser in) throws IOException;

    /** Whether the value is null, or false, or has nothing in it, so that it may be left out as a default. */
    default boolean isEmpty(Object value) {
        return false;
    }

    /**
     * The shape of a schema's values.
     *
     * @throws UnsupportedOperationException for schemas that the contract's records do not use:
     *     maps, fixed, and unions of more than null and one other
     */
    static JsonShape of(Schema schema, GenericData model, UnknownNames unknownNames) {
        return switch (schema.getType()) {
            case RECORD -> new JsonRecord(schema, model, unknownNames);
            case ARRAY -> new JsonArray(of(schema.getElementType(), model, unknownNames));
            case ENUM -> new JsonEnum(schema, model, unknownNames);
            case UNION -> new JsonNullable(of(other(schema), model, unknownNames));
            case STRING -> JsonScalar.TEXT;
            case BOOLEAN -> JsonScalar.BOOLEAN;
            case INT -> JsonScalar.INT;
            case LONG -> isMoment(schema) ? JsonScalar.MOMENT : JsonScalar.LONG;
            case DOUBLE -> JsonScalar.DOUBLE;
            case BYTES -> JsonScalar.BYTES;
            default -> throw unsupported(schema);
        };
    }

    private static boolean isMoment(Schema schema) {
        return schema.getLogicalType() instanceof LogicalTypes.TimestampMillis;
    }

    /** The schema beside null in a union of the two. */
    private static Schema other(Schema union) {
        List<Schema> others =
                union.getTypes().stream()
                        .filter(type -> type.getType() != Schema.Type.NULL)
                        .toList();
        if (!union.isNullable() || others.size() != 1) {
            throw unsupported(union);
        }
        return others.get(0);
    }

    private static UnsupportedOperationException unsupported(Schema schema) {
        return new UnsupportedOperationException("no JSON form has been decided for " + schema);
    }
}
