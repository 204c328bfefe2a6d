package dev.watchword.schemas;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;

/** Finds in a JSON object that cannot be decoded what can be read of it all the same. */
final class LegibleFields {
    private static final int LONGEST_TEXT = 1_000;

    private LegibleFields() {}

    /** The short texts among the record's own fields, up to where the JSON is broken. */
    static Map<String, String> of(byte[] value, Schema schema, JsonFactory json) {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser in = json.createParser(value)) {
            in.nextToken();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                boolean isText = in.nextToken() == JsonToken.VALUE_STRING;
                if (isText && isTextField(schema, name) && in.getTextLength() <= LONGEST_TEXT) {
                    fields.putIfAbsent(name, in.getText());
                }
                in.skipChildren();
            }
        } catch (IOException endOfWhatIsLegible) {
            return fields;
        }
        return fields;
    }

    private static boolean isTextField(Schema schema, String name) {
        Schema.Field field = schema.getField(name);
        return field != null && field.schema().getType() == Schema.Type.STRING;
    }
}
