package dev.watchword.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The values of one JSON object of a model's configuration. A key that is absent or null counts as
 * not given. Every complaint is a {@link ModelFileException} that names the file, the key, the
 * value and what was expected.
 */
final class ConfigValues {
    // Python writes NaN and Infinity, which plain JSON does not know.
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final Path file;
    private final String prefix;
    private final JsonNode object;

    private ConfigValues(Path file, String prefix, JsonNode object) {
        this.file = file;
        this.prefix = prefix;
        this.object = object;
    }

    /** Reads a file that holds one JSON object. */
    static ConfigValues read(Path file) {
        JsonNode root;
        try {
            root = MAPPER.readTree(ModelFiles.read(file));
        } catch (JsonProcessingException e) {
            throw new ModelFileException(file, "is not valid JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new ModelFileException(file, "is not valid JSON: " + e.getMessage(), e);
        }
        if (!root.isObject()) {
            throw new ModelFileException(file, "must hold one JSON object");
        }
        return new ConfigValues(file, "", root);
    }

    /** Returns the file that these values stand in. */
    Path file() {
        return file;
    }

    boolean has(String key) {
        return !value(key).isMissingNode();
    }

    /** Returns the object under {@code key}, or nothing when there is none. */
    Optional<ConfigValues> object(String key) {
        JsonNode node = value(key);
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        require(node.isObject(), key, "an object");
        return Optional.of(new ConfigValues(file, prefix + key + ".", node));
    }

    /** Returns the object under {@code key}, which must be there. */
    ConfigValues required(String key) {
        requireGiven(key, "an object");
        return object(key).orElseThrow();
    }

    /** Returns the objects of the list under {@code key}. */
    List<ConfigValues> objects(String key) {
        List<ConfigValues> objects = new ArrayList<>();
        for (JsonNode element : value(key)) {
            require(element.isObject(), key, "a list of objects");
            objects.add(new ConfigValues(file, prefix + key + ".", element));
        }
        return objects;
    }

    boolean isObject(String key) {
        return value(key).isObject();
    }

    boolean isList(String key) {
        return value(key).isArray();
    }

    /** Returns the keys of this object, in the file's order. */
    List<String> keys() {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    int integer(String key, int whenAbsent) {
        return integerOf(value(key), key).orElse(whenAbsent);
    }

    /** Returns a whole number of at least {@code least}. */
    int atLeast(int least, String key, int whenAbsent) {
        int number = integer(key, whenAbsent);
        require(number >= least, key, number, "a whole number of at least " + least);
        return number;
    }

    int between(int least, int most, String key, int whenAbsent) {
        int number = integer(key, whenAbsent);
        require(
                number >= least && number <= most,
                key,
                number,
                "a whole number from %d to %d".formatted(least, most));
        return number;
    }

    int positive(String key, int whenAbsent) {
        return atLeast(1, key, whenAbsent);
    }

    int positive(String key) {
        requireGiven(key, "a whole number of at least 1");
        return positive(key, 1);
    }

    double positiveNumber(String key, double whenAbsent) {
        JsonNode node = value(key);
        double number = node.isMissingNode() ? whenAbsent : node.asDouble();
        require(
                (node.isMissingNode() || node.isNumber()) && Double.isFinite(number) && number > 0,
                key,
                "a number above 0");
        return number;
    }

    double positiveNumber(String key) {
        requireGiven(key, "a number above 0");
        return positiveNumber(key, 1);
    }

    /** Returns a number from 0 to 1. */
    double share(String key, double whenAbsent) {
        return upTo(1, key, whenAbsent);
    }

    double upTo(int most, String key, double whenAbsent) {
        JsonNode node = value(key);
        double number = node.isMissingNode() ? whenAbsent : node.asDouble();
        require(
                (node.isMissingNode() || node.isNumber()) && number >= 0 && number <= most,
                key,
                "a number from 0 to " + most);
        return number;
    }

    boolean flag(String key, boolean whenAbsent) {
        JsonNode node = value(key);
        require(node.isMissingNode() || node.isBoolean(), key, "true or false");
        return node.asBoolean(whenAbsent);
    }

    String text(String key, String whenAbsent) {
        JsonNode node = value(key);
        boolean text = node.isTextual() && node.asText().indexOf('\0') < 0;
        require(node.isMissingNode() || text, key, "a string");
        return node.asText(whenAbsent);
    }

    /** Returns the strings of a list. */
    List<String> texts(String key) {
        JsonNode node = value(key);
        List<String> texts = new ArrayList<>();
        require(node.isMissingNode() || node.isArray(), key, "a list of strings");
        for (JsonNode element : node) {
            require(element.isTextual(), key, "a list of strings");
            texts.add(element.asText());
        }
        return texts;
    }

    /** Returns the numbers of a list. */
    List<Double> numbers(String key) {
        JsonNode node = value(key);
        List<Double> numbers = new ArrayList<>();
        require(node.isMissingNode() || node.isArray(), key, "a list of numbers");
        for (JsonNode element : node) {
            require(element.isNumber(), key, "a list of numbers");
            numbers.add(element.asDouble());
        }
        return numbers;
    }

    /** Returns the pairs of whole numbers, each at least 0, of a list. */
    List<List<Integer>> pairs(String key) {
        JsonNode node = value(key);
        String expected = "a list of pairs of whole numbers, each at least 0";
        List<List<Integer>> pairs = new ArrayList<>();
        require(node.isMissingNode() || node.isArray(), key, expected);
        for (JsonNode pair : node) {
            require(pair.isArray() && pair.size() == 2, key, expected);
            int one = integerOf(pair.get(0), key).orElse(-1);
            int other = integerOf(pair.get(1), key).orElse(-1);
            require(one >= 0 && other >= 0, key, expected);
            pairs.add(List.of(one, other));
        }
        return pairs;
    }

    /** Returns token ids that are given as one number or as a list; null means that none is. */
    List<Integer> tokenIds(String key, List<Integer> whenAbsent) {
        if (!object.has(key)) {
            return whenAbsent;
        }
        JsonNode node = value(key);
        if (node.isMissingNode()) {
            return List.of();
        }
        List<Integer> ids = new ArrayList<>();
        for (JsonNode element : node.isArray() ? node : MAPPER.createArrayNode().add(node)) {
            int id = integerOf(element, key).orElse(-1);
            require(id >= 0, key, "a token id or a list of token ids, each at least 0");
            ids.add(id);
        }
        return ids;
    }

    /** Complains about {@code key} unless {@code holds}. */
    void require(boolean holds, String key, String expected) {
        require(holds, key, value(key), expected);
    }

    /** Complains about {@code key}, whose value may be a default, unless {@code holds}. */
    void require(boolean holds, String key, Object found, String expected) {
        if (!holds) {
            boolean missing = found instanceof JsonNode node && node.isMissingNode();
            throw new ModelFileException(
                    file,
                    "\"%s\" is %s; expected %s"
                            .formatted(prefix + key, missing ? "missing" : found, expected));
        }
    }

    void requireGiven(String key, String expected) {
        require(has(key), key, expected);
    }

    private Optional<Integer> integerOf(JsonNode node, String key) {
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        require(node.isIntegralNumber() && node.canConvertToInt(), key, "a whole number");
        return Optional.of(node.intValue());
    }

    private JsonNode value(String key) {
        JsonNode node = object.path(key);
        return node.isNull() ? MissingNode.getInstance() : node;
    }
}
