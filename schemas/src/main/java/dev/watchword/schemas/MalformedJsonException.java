package dev.watchword.schemas;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** JSON that is not what the schema says. The message tells the path of the wrong value. */
final class MalformedJsonException extends IOException {
    private static final int LONGEST_NUMBER = 30;

    private MalformedJsonException(String message) {
        super(message);
    }

    /** Says that the value on which the parser stands is not what is expected there. */
    static MalformedJsonException at(JsonParser in, String expected) throws IOException {
        return new MalformedJsonException(
                "%s must be %s, but is %s"
                        .formatted(describePath(in), expected, describeValue(in)));
    }

    /**
     * Says what is wrong about a field.
     *
     * @param outer the context in which the object stands that has the field, or lacks it
     */
    static MalformedJsonException field(JsonStreamContext outer, String name, String problem) {
        String path = path(outer);
        String field = Excerpt.of(path.isEmpty() ? name : path + "." + name);
        return new MalformedJsonException("the field " + field + " " + problem);
    }

    /** Says that the value goes on behind the record. */
    static MalformedJsonException more() {
        return new MalformedJsonException("more follows the record; put one record into a value");
    }

    private static String describePath(JsonParser in) {
        JsonStreamContext context = in.getParsingContext();
        boolean onStart =
                in.currentToken() == JsonToken.START_OBJECT
                        || in.currentToken() == JsonToken.START_ARRAY;
        String path = path(onStart ? context.getParent() : context);
        return path.isEmpty() ? "the value" : path;
    }

    /** The path to the value that the context is at, such as {@code scope.from}. */
    private static String path(JsonStreamContext context) {
        if (context == null || context.inRoot()) {
            return "";
        }
        String before = path(context.getParent());
        if (context.inArray()) {
            return before + "[" + context.getCurrentIndex() + "]";
        }
        return before.isEmpty()
                ? context.getCurrentName()
                : before + "." + context.getCurrentName();
    }

    private static String describeValue(JsonParser in) throws IOException {
        return switch (in.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "the text " + Excerpt.of(in.getText());
            case VALUE_TRUE -> "true";
            case VALUE_FALSE -> "false";
            case VALUE_NULL -> "null; leave the field out to have its default";
            default -> "the number " + Excerpt.shorten(in.getText(), LONGEST_NUMBER);
        };
    }
}
