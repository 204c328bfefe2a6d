package dev.watchword.schemas;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** An enum's symbol as a JSON string. */
record JsonEnum(Schema schema, GenericData model, UnknownNames unknownNames) implements JsonShape {
    @Override
    public void write(Object value, JsonGenerator out) throws IOException {
        out.writeString(value.toString());
    }

    @Override
    public Object read(JsonParser in) throws IOException {
        String symbol = in.currentToken() == JsonToken.VALUE_STRING ? in.getText() : "";
        if (schema.hasEnumSymbol(symbol)) {
            return model.createEnum(symbol, schema);
        }
        if (!symbol.isEmpty() && mayFallBack()) {
            return model.createEnum(schema.getEnumDefault(), schema);
        }
        throw MalformedJsonException.at(in, "one of " + String.join(", ", schema.getEnumSymbols()));
    }

    private boolean mayFallBack() {
        return unknownNames == UnknownNames.PASSED_OVER && schema.getEnumDefault() != null;
    }
}
