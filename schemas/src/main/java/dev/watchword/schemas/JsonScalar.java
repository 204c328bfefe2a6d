package dev.watchword.schemas;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/** The shapes of values without parts. */
enum JsonScalar implements JsonShape {
    /** A JSON string. */
    TEXT("a text") {
        @Override
        public void write(Object value, JsonGenerator out) throws IOException {
            out.writeString(value.toString());
        }

        @Override
        public Object read(JsonParser in) throws IOException {
            return require(in, JsonToken.VALUE_STRING).getText();
        }

        @Override
        public boolean isEmpty(Object value) {
            return value.toString().isEmpty();
        }
    },

    BOOLEAN("true or false") {
        @Override
        public void write(Object value, JsonGenerator out) throws IOException {
            out.writeBoolean((Boolean) value);
        }

        @Override
        public Object read(JsonParser in) throws IOException {
            if (in.currentToken().isBoolean()) {
                return in.getBooleanValue();
            }
            throw wrong(in);
        }

        @Override
        public boolean isEmpty(Object value) {
            return value.equals(false);
        }
    },

    INT("a whole number from -2147483648 to 2147483647") {
        @Override
        public void write(Object value, JsonGenerator out) throws IOException {
            out.writeNumber((Integer) value);
        }

        @Override
        public Object read(JsonParser in) throws IOException {
            try {
                return require(in, JsonToken.VALUE_NUMBER_INT).getIntValue();
            } catch (InputCoercionException e) {
                throw wrong(in);
            }
        }
    },

    LONG("a whole number of 64 bits") {
        @Override
        public void write(Object value, JsonGenerator out) throws IOException {
            out.writeNumber((Long) value);
        }

        @Override
        public Object read(JsonParser in) throws IOException {
            try {
                return require(in, JsonToken.VALUE_NUMBER_INT).getLongValue();
            } catch (InputCoercionException e) {
                throw wrong(in);
            }
        }
    },

    /** A JSON number; "NaN", "Infinity" and "-Infinity", for which JSON has none, are strings. */
    DOUBLE("a number") {
        @Override
        public void write(Object value, JsonGenerator out) throws IOException {
            double number = (Double) value;
            if (Double.isFinite(number)) {
                out.writeNumber(number);
            } else {
                out.writeString(Double.toString(number));
            }
        }

        @Override
        public Object read(JsonParser in) throws IOException {
            if (in.currentToken() == JsonToken.VALUE_STRING) {
                return readNonFinite(in);
            }
            double number = in.currentToken().isNumeric() ? in.getDoubleValue() : Double.NaN;
            if (!Double.isFinite(number)) {
                throw wrong(in);
            }
            return number;
        }

        private double readNonFinite(JsonParser in) throws IOException {
            return switch (in.getText()) {
                case "NaN" -> Double.NaN;
                case "Infinity" -> Double.POSITIVE_INFINITY;
                case "-Infinity" -> Double.NEGATIVE_INFINITY;
                default -> throw wrong(in);
            };
        }
    },

    /** A JSON string in base64 with padding, the alphabet with + and /. */
    BYTES("bytes as base64 text") {
        @Override
        public void write(Object value, JsonGenerator out) throws IOException {
            ByteBuffer bytes = ((ByteBuffer) value).duplicate();
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            out.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, copy, 0, copy.length);
        }

        @Override
        public Object read(JsonParser in) throws IOException {
            String text = require(in, JsonToken.VALUE_STRING).getText();
            try {
                return ByteBuffer.wrap(Base64.getDecoder().decode(text));
            } catch (IllegalArgumentException e) {
                throw wrong(in);
            }
        }

        @Override
        public boolean isEmpty(Object value) {
            return !((ByteBuffer) value).hasRemaining();
        }
    },

    /** Written as an ISO-8601 string in UTC; read from one, or from milliseconds since 1970. */
    MOMENT(
            "a moment: an ISO-8601 text with a zone, such as 2026-11-20T08:30:00Z, or milliseconds since 1970") {
        @Override
        public void write(Object value, JsonGenerator out) throws IOException {
            out.writeString(toMilliseconds((Instant) value).toString());
        }

        @Override
        public Object read(JsonParser in) throws IOException {
            try {
                return in.currentToken() == JsonToken.VALUE_NUMBER_INT
                        ? Instant.ofEpochMilli(in.getLongValue())
                        : toMilliseconds(
                                Instant.parse(require(in, JsonToken.VALUE_STRING).getText()));
            } catch (InputCoercionException | DateTimeException | ArithmeticException e) {
                throw wrong(in);
            }
        }

        private Instant toMilliseconds(Instant moment) {
            return Instant.ofEpochMilli(moment.toEpochMilli());
        }
    };

    private final String expected;

    JsonScalar(String expected) {
        this.expected = expected;
    }

    JsonParser require(JsonParser in, JsonToken token) throws IOException {
        if (in.currentToken() != token) {
            throw wrong(in);
        }
        return in;
    }

    MalformedJsonException wrong(JsonParser in) throws IOException {
        return MalformedJsonException.at(in, expected);
    }
}
