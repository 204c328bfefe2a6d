package dev.watchword.model.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.watchword.model.ModelFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The header's text, read strictly: every tensor has a known type, a shape, and as many bytes as
 * these need. Whether the tensors fit each other and the file is {@link SafetensorsHeader}'s part.
 */
final class HeaderJson {
    static final String METADATA = "__metadata__";
    static final String TYPE = "dtype";
    static final String SHAPE = "shape";
    static final String OFFSETS = "data_offsets";

    /** As many as the common tensor libraries take. */
    private static final int MOST_DIMENSIONS = 64;

    /** What is shown of an unknown type; longer than any known one. */
    private static final int LONGEST_TYPE = 40;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(16).build())
                    .build();

    private final Path file;
    private final JsonParser parser;
    private final long dataStart;
    private final List<TensorEntry> tensors = new ArrayList<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private HeaderJson(Path file, JsonParser parser, long dataStart) {
        this.file = file;
        this.parser = parser;
        this.dataStart = dataStart;
    }

    /**
     * @param dataStart added to the offsets, which count from the header's end
     * @throws ModelFileException if the text is not a header
     */
    static HeaderJson parse(Path file, String text, long dataStart) {
        try (JsonParser parser = JSON.createParser(text)) {
            HeaderJson header = new HeaderJson(file, parser, dataStart);
            header.readAll();
            return header;
        } catch (JsonProcessingException malformed) {
            throw new ModelFileException(
                    file,
                    "has a header that is not the format's JSON: " + malformed.getOriginalMessage(),
                    malformed);
        } catch (IOException unreadable) {
            throw new ModelFileException(file, "has a header that cannot be read", unreadable);
        }
    }

    /** In the header's order. */
    List<TensorEntry> tensors() {
        return tensors;
    }

    Map<String, String> metadata() {
        return metadata;
    }

    private void readAll() throws IOException {
        parser.nextToken();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (name.equals(METADATA)) {
                readMetadata();
            } else {
                tensors.add(readTensor(name));
            }
        }
        if (parser.nextToken() != null) {
            throw new ModelFileException(file, "has text after the header's JSON");
        }
    }

    private void readMetadata() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new ModelFileException(file, "has metadata that is not an object");
        }
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            if (parser.nextToken() != JsonToken.VALUE_STRING) {
                throw new ModelFileException(file, "has metadata that is not text: " + key);
            }
            metadata.put(key, parser.getText());
        }
    }

    private TensorEntry readTensor(String name) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw wrong(name, "is not described by an object");
        }
        Optional<StoredType> type = Optional.empty();
        Optional<List<Long>> shape = Optional.empty();
        Optional<List<Long>> offsets = Optional.empty();
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            switch (field) {
                case TYPE -> type = Optional.of(readType(name));
                case SHAPE -> shape = Optional.of(readNumbers(name, field));
                case OFFSETS -> offsets = Optional.of(readNumbers(name, field));
                default -> parser.nextToken();
            }
            parser.skipChildren();
        }
        return entry(
                name,
                type.orElseThrow(() -> wrong(name, "has no " + TYPE)),
                shape.orElseThrow(() -> wrong(name, "has no " + SHAPE)),
                offsets.orElseThrow(() -> wrong(name, "has no " + OFFSETS)));
    }

    private StoredType readType(String name) throws IOException {
        if (parser.nextToken() != JsonToken.VALUE_STRING) {
            throw wrong(name, "has a " + TYPE + " that is not text");
        }
        String type = parser.getText().substring(0, Math.min(LONGEST_TYPE, parser.getTextLength()));
        return Arrays.stream(StoredType.values())
                .filter(known -> known.name().equals(type))
                .findFirst()
                .orElseThrow(
                        () ->
                                wrong(
                                        name,
                                        "has the unknown type \""
                                                + type
                                                + "\"; known are "
                                                + Arrays.toString(StoredType.values())));
    }

    private List<Long> readNumbers(String name, String field) throws IOException {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            throw wrong(name, "has a " + field + " that is not an array");
        }
        List<Long> numbers = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                    || parser.getNumberType() == NumberType.BIG_INTEGER
                    || parser.getLongValue() < 0) {
                throw wrong(
                        name,
                        "has a " + field + " with something else than whole numbers from 0 up");
            }
            numbers.add(parser.getLongValue());
            if (numbers.size() > MOST_DIMENSIONS) {
                throw wrong(
                        name, "has a " + field + " of more than " + MOST_DIMENSIONS + " numbers");
            }
        }
        return numbers;
    }

    private TensorEntry entry(String name, StoredType type, List<Long> shape, List<Long> offsets) {
        if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
            throw wrong(name, "has a " + OFFSETS + " that is not [first byte, end]: " + offsets);
        }
        long byteLength = offsets.get(1) - offsets.get(0);
        long needed = bytesOf(name, type, shape);
        if (byteLength != needed) {
            throw wrong(
                    name,
                    "has "
                            + byteLength
                            + " bytes, but the shape "
                            + shape
                            + " of "
                            + type
                            + " needs "
                            + needed);
        }
        try {
            long offset = Math.addExact(dataStart, offsets.get(0));
            Math.addExact(offset, byteLength);
            return new TensorEntry(name, type, shape, offset, byteLength);
        } catch (ArithmeticException beyondAnyFile) {
            throw wrong(name, "ends beyond any file: " + offsets);
        }
    }

    private long bytesOf(String name, StoredType type, List<Long> shape) {
        try {
            return type.bytesOf(shape);
        } catch (ArithmeticException tooLarge) {
            throw wrong(name, "has a shape larger than any file: " + shape);
        }
    }

    private ModelFileException wrong(String tensor, String problem) {
        return ModelFileException.ofTensor(file, tensor, problem);
    }
}
