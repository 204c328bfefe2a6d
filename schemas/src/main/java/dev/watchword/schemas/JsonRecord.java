package dev.watchword.schemas;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;

/**
 * A JSON object with the record's field names. A field may be left out where it has a default; on
 * writing it is, when the default is null or empty and so is its value.
 */
final class JsonRecord implements JsonShape {
    private final Schema schema;
    private final GenericData model;
    private final UnknownNames unknownNames;
    private final Map<String, Field> fields = new LinkedHashMap<>();

    JsonRecord(Schema schema, GenericData model, UnknownNames unknownNames) {
        this.schema = schema;
        this.model = model;
        this.unknownNames = unknownNames;
        for (Schema.Field field : schema.getFields()) {
            JsonShape shape = JsonShape.of(field.schema(), model, unknownNames);
            boolean emptyByDefault =
                    field.hasDefaultValue() && shape.isEmpty(model.getDefaultValue(field));
            fields.put(field.name(), new Field(field, shape, emptyByDefault));
        }
    }

    private record Field(Schema.Field schema, JsonShape shape, boolean emptyByDefault) {
        String name() {
            return schema.name();
        }
    }

    @Override
    public void write(Object value, JsonGenerator out) throws IOException {
        IndexedRecord record = (IndexedRecord) value;
        out.writeStartObject();
        for (Field field : fields.values()) {
            Object part = record.get(field.schema.pos());
            if (part == null && !field.schema.schema().isNullable()) {
                throw new IllegalArgumentException("its field " + field.name() + " is missing");
            }
            if (!(field.emptyByDefault && field.shape.isEmpty(part))) {
                out.writeFieldName(field.name());
                field.shape.write(part, out);
            }
        }
        out.writeEndObject();
    }

    @Override
    public Object read(JsonParser in) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw MalformedJsonException.at(in, "an object");
        }
        JsonStreamContext outer = in.getParsingContext().getParent();
        IndexedRecord record = (IndexedRecord) model.newRecord(null, schema);
        boolean[] present = new boolean[fields.size()];
        while (in.nextToken() != JsonToken.END_OBJECT) {
            Field field = fields.get(in.currentName());
            if (field == null) {
                passOver(in, outer);
                continue;
            }
            if (present[field.schema.pos()]) {
                throw MalformedJsonException.field(outer, field.name(), "stands twice; keep one");
            }
            in.nextToken();
            record.put(field.schema.pos(), field.shape.read(in));
            present[field.schema.pos()] = true;
        }
        putDefaults(record, present, outer);
        return record;
    }

    private void passOver(JsonParser in, JsonStreamContext outer) throws IOException {
        if (unknownNames == UnknownNames.REFUSED) {
            throw MalformedJsonException.field(
                    outer,
                    in.currentName(),
                    "is unknown; %s has %s"
                            .formatted(schema.getName(), String.join(", ", fields.keySet())));
        }
        in.nextToken();
        in.skipChildren();
    }

    private void putDefaults(IndexedRecord record, boolean[] present, JsonStreamContext outer)
            throws IOException {
        for (Field field : fields.values()) {
            if (present[field.schema.pos()]) {
                continue;
            }
            if (!field.schema.hasDefaultValue()) {
                throw MalformedJsonException.field(
                        outer, field.name(), "is missing and has no default; add it");
            }
            Object value = model.getDefaultValue(field.schema);
            record.put(field.schema.pos(), model.deepCopy(field.schema.schema(), value));
        }
    }
}
