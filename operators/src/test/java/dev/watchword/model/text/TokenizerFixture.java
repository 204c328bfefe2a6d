package dev.watchword.model.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A small tokenizer and what Python's libraries make of some texts with it; see README.md there. */
enum TokenizerFixture {
    LLAMA_3_1("llama-3.1"),
    VICUNA("vicuna");

    private final String name;

    TokenizerFixture(String name) {
        this.name = name;
    }

    /** What a text's ids must be. */
    record Encoding(
            String text,
            long[] withSpecial,
            long[] without,
            long[] plain,
            String decoded,
            String decodedSkipping) {
        @Override
        public String toString() {
            return text;
        }
    }

    /** What a question's ids behind the pictures must be. */
    record Question(String text, long[] after) {
        @Override
        public String toString() {
            return text;
        }
    }

    Path file() {
        return resource(name + ".json");
    }

    Tokenizer open() {
        return Tokenizer.open(file());
    }

    List<Encoding> encodings() {
        List<Encoding> encodings = new ArrayList<>();
        for (JsonNode node : expected().path("encodings")) {
            encodings.add(
                    new Encoding(
                            node.path("text").asText(),
                            ids(node.path("withSpecial")),
                            ids(node.path("without")),
                            ids(node.path("plain")),
                            node.path("decoded").asText(),
                            node.path("decodedSkipping").asText()));
        }
        return encodings;
    }

    long[] before(ChatTemplate template) {
        return ids(expected().path("before").path(template.settingName()));
    }

    List<Question> questions() {
        List<Question> questions = new ArrayList<>();
        for (JsonNode node : expected().path("prompts")) {
            questions.add(new Question(node.path("question").asText(), ids(node.path("after"))));
        }
        return questions;
    }

    private JsonNode expected() {
        try {
            return new JsonMapper().readTree(resource(name + "-expected.json").toFile());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long[] ids(JsonNode node) {
        long[] ids = new long[node.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = node.get(i).asLong();
        }
        return ids;
    }

    private static Path resource(String fileName) {
        URL url = TokenizerFixture.class.getResource(fileName);
        try {
            return Path.of(Objects.requireNonNull(url, fileName).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
