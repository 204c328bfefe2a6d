package dev.watchword.model.text;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.watchword.model.ModelFileException;
import dev.watchword.model.ModelFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The text of a tokenizer.json, split into what Watchword has to know of it.
 *
 * @param addedTokens the tokens that are recognised in text as they stand, and their ids
 * @param withoutAddedTokens the same file with no such tokens, so that none is recognised
 */
record TokenizerJson(Map<String, Integer> addedTokens, byte[] withoutAddedTokens) {
    private static final String ADDED_TOKENS = "added_tokens";
    private static final JsonMapper MAPPER = new JsonMapper();

    /** Reads the file in one pass, never holding more than its text: vocabularies are large. */
    static TokenizerJson read(Path file) {
        Map<String, Integer> addedTokens = new LinkedHashMap<>();
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        try (JsonParser parser = MAPPER.createParser(ModelFiles.read(file));
                JsonGenerator generator = MAPPER.createGenerator(copy)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new ModelFileException(file, "must hold one JSON object");
            }
            generator.writeStartObject();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                generator.writeFieldName(name);
                if (name.equals(ADDED_TOKENS)) {
                    addTokens(file, parser.readValueAsTree(), addedTokens);
                    generator.writeStartArray();
                    generator.writeEndArray();
                } else {
                    generator.copyCurrentStructure(parser);
                }
            }
            generator.writeEndObject();
        } catch (JsonProcessingException e) {
            throw new ModelFileException(file, "is not valid JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new ModelFileException(file, "is not valid JSON: " + e.getMessage(), e);
        }
        return new TokenizerJson(addedTokens, copy.toByteArray());
    }

    private static void addTokens(Path file, JsonNode nodes, Map<String, Integer> addedTokens) {
        for (JsonNode node : nodes) {
            JsonNode content = node.path("content");
            JsonNode id = node.path("id");
            if (!content.isTextual() || content.asText().isEmpty() || !id.canConvertToInt()) {
                throw new ModelFileException(
                        file,
                        "\"%s\" holds %s; expected a \"content\" and an \"id\""
                                .formatted(ADDED_TOKENS, node));
            }
            addedTokens.put(content.asText(), id.intValue());
        }
    }
}
