package dev.watchword.schemas;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** A union of null and one other: JSON's null, or the other's value without a tag. */
record JsonNullable(JsonShape other) implements JsonShape {
    @Override
    public void write(Object value, JsonGenerator out) throws IOException {
        if (value == null) {
            out.writeNull();
        } else {
            other.write(value, out);
        }
    }

    @Override
    public Object read(JsonParser in) throws IOException {
        return in.currentToken() == JsonToken.VALUE_NULL ? null : other.read(in);
    }

    @Override
    public boolean isEmpty(Object value) {
        return value == null;
    }
}
