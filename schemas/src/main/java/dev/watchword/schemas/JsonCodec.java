package dev.watchword.schemas;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;

/** Plain JSON, driven by a schema. */
final class JsonCodec<T extends IndexedRecord> implements RecordCodec<T> {
    /** The value is in memory already, so a text in it may be as long as it is. */
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int LONGEST_PROBLEM = 200;

    private final Schema schema;
    private final JsonShape shape;

    /**
     * @param schema of the records that are written and read
     * @param model how records of the schema are made and reached into
     * @throws UnsupportedOperationException when the schema has a part that {@link JsonShape} lacks
     */
    JsonCodec(Schema schema, GenericData model, UnknownNames unknownNames) {
        this.schema = schema;
        shape = JsonShape.of(schema, model, unknownNames);
    }

    /** Whether the value begins as a JSON object does: with a brace, white space before it or not. */
    static boolean isMarked(byte[] value) {
        int index = startsWithByteOrderMark(value) ? BYTE_ORDER_MARK.length : 0;
        while (index < value.length && isWhiteSpace(value[index])) {
            index++;
        }
        return index < value.length && value[index] == '{';
    }

    private static boolean startsWithByteOrderMark(byte[] value) {
        return value.length >= BYTE_ORDER_MARK.length
                && value[0] == BYTE_ORDER_MARK[0]
                && value[1] == BYTE_ORDER_MARK[1]
                && value[2] == BYTE_ORDER_MARK[2];
    }

    private static boolean isWhiteSpace(byte character) {
        return character == ' ' || character == '\t' || character == '\r' || character == '\n';
    }

    /** Through characters and not straight to bytes: then a torn surrogate becomes '?', as in Avro. */
    @Override
    public byte[] encode(T record) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            shape.write(record, out);
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "a %s cannot be written: %s".formatted(schema.getName(), e.getMessage()), e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public T decode(byte[] value) throws UndecodableRecordException {
        if (value == null || value.length == 0) {
            throw undecodable("the value is empty; send the record as the value, not as the key");
        }
        if (!isMarked(value)) {
            throw undecodable(
                    "it is not a JSON object: it begins with the bytes %s, not with {"
                            .formatted(Excerpt.ofStart(value, 8)));
        }
        try (JsonParser in = JSON.createParser(value)) {
            in.nextToken();
            T record = read(in);
            if (in.nextToken() != null) {
                throw MalformedJsonException.more();
            }
            return record;
        } catch (JsonProcessingException e) {
            throw undecodable(
                    "it is not JSON: " + describe(e), LegibleFields.of(value, schema, JSON));
        } catch (IOException e) {
            throw undecodable(e.getMessage(), LegibleFields.of(value, schema, JSON));
        }
    }

    @SuppressWarnings("unchecked")
    private T read(JsonParser in) throws IOException {
        return (T) shape.read(in);
    }

    private static String describe(JsonProcessingException e) {
        String problem = Excerpt.shorten(e.getOriginalMessage(), LONGEST_PROBLEM);
        JsonLocation location = e.getLocation();
        return location == null
                ? problem
                : "%s (at line %d, column %d)"
                        .formatted(problem, location.getLineNr(), location.getColumnNr());
    }

    private UndecodableRecordException undecodable(String problem) {
        return undecodable(problem, Map.of());
    }

    private UndecodableRecordException undecodable(String problem, Map<String, String> legible) {
        return new UndecodableRecordException(
                "not a readable %s: %s".formatted(schema.getName(), problem), legible);
    }
}
