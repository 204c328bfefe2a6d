package dev.watchword.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** Makes older and newer versions of a schema, as later authors of the contract would. */
final class SchemaEdits {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode root;

    private SchemaEdits(JsonNode root) {
        this.root = root;
    }

    static SchemaEdits of(Schema schema) {
        return new SchemaEdits(parse(schema.toString()));
    }

    /** Takes a field away from a record of the schema. */
    SchemaEdits without(String record, String field) {
        ArrayNode fields = (ArrayNode) named(record).get("fields");
        for (int index = 0; index < fields.size(); index++) {
            if (fields.get(index).get("name").asText().equals(field)) {
                fields.remove(index);
                return this;
            }
        }
        throw new IllegalArgumentException(record + " has no field " + field);
    }

    /** Adds a field, given as JSON, in front of a record's other fields. */
    SchemaEdits with(String record, String field) {
        ((ArrayNode) named(record).get("fields")).insert(0, parse(field.replace('\'', '"')));
        return this;
    }

    /** Adds a symbol in front of an enum's other symbols. */
    SchemaEdits withSymbol(String name, String symbol) {
        ((ArrayNode) named(name).get("symbols")).insert(0, symbol);
        return this;
    }

    Schema schema() {
        return new Schema.Parser().parse(root.toString());
    }

    private ObjectNode named(String name) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode node : root.findParents("name")) {
            if (node.get("name").asText().equals(name) && !node.path("type").isObject()) {
                found.add(node);
            }
        }
        if (found.size() != 1) {
            throw new IllegalArgumentException(found.size() + " types are named " + name);
        }
        return (ObjectNode) found.get(0);
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
