package dev.watchword.job.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads a YAML file into the dotted keys of settings, each with the line where it stands. */
final class SettingsFile {
    private final Path file;
    private final YAMLParser parser;
    private final Map<String, GivenValue> values = new LinkedHashMap<>();

    private SettingsFile(Path file, YAMLParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /**
     * The values in the file by key, in the file's order.
     *
     * @throws SettingsException when the file cannot be read, is not YAML, or is not a tree of keys
     *     with one value, or one list of values, each
     */
    static Map<String, GivenValue> read(Path file) {
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                YAMLParser parser = new YAMLFactory().createParser(text)) {
            SettingsFile settings = new SettingsFile(file, parser);
            settings.readDocument();
            return settings.values;
        } catch (NoSuchFileException e) {
            throw new SettingsException("there is no settings file " + file, e);
        } catch (MalformedInputException e) {
            throw new SettingsException("the settings file %s is not UTF-8".formatted(file), e);
        } catch (JsonProcessingException e) {
            throw new SettingsException(
                    "the settings file %s is not YAML: line %d: %s"
                            .formatted(file, line(e), problem(e.getOriginalMessage())),
                    e);
        } catch (IOException e) {
            throw new SettingsException(
                    "cannot read the settings file %s: %s".formatted(file, e), e);
        }
    }

    private void readDocument() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null || first == JsonToken.VALUE_NULL) {
            return;
        }
        if (first != JsonToken.START_OBJECT) {
            throw refused(
                    "it must be a tree of keys, such as 'engine:' and below it 'max-tokens: 64'");
        }
        readGroup("");
        if (parser.nextToken() != null) {
            throw refused("it must be one YAML document; a second one begins here");
        }
    }

    private void readGroup(String prefix) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = prefix + parser.currentName();
            Origin.FileLine origin = here();
            switch (parser.nextToken()) {
                case START_OBJECT -> readGroup(key + ".");
                case START_ARRAY -> put(key, GivenValue.list(readList(key), origin));
                case VALUE_NULL -> put(key, GivenValue.list(List.of(), origin));
                default -> put(key, GivenValue.text(readText(), origin));
            }
        }
    }

    private List<String> readList(String key) throws IOException {
        List<String> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken().isStructStart()) {
                throw refused(key + " must be a list of plain values");
            }
            items.add(readText());
        }
        return items;
    }

    private String readText() throws IOException {
        if (parser.isCurrentAlias()) {
            throw refused("YAML's aliases (*%s) are not known here".formatted(parser.getText()));
        }
        return parser.getText().strip();
    }

    private void put(String key, GivenValue value) {
        GivenValue before = values.put(key, value);
        if (before != null) {
            throw new SettingsException(
                    "%s is given twice: (%s) and (%s)"
                            .formatted(key, before.origin(), value.origin()));
        }
    }

    private Origin.FileLine here() {
        return new Origin.FileLine(file, parser.currentTokenLocation().getLineNr());
    }

    private SettingsException refused(String problem) {
        return new SettingsException("%s: %s".formatted(here(), problem));
    }

    private static int line(JsonProcessingException e) {
        return e.getLocation() == null ? 1 : e.getLocation().getLineNr();
    }

    /** The parser's message without the excerpts of the file, which are indented. */
    private static String problem(String message) {
        return message.lines()
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .collect(Collectors.joining("; "));
    }
}
