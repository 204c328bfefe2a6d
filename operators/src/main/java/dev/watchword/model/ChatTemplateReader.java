package dev.watchword.model;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the text of the chat template that came with a model. */
final class ChatTemplateReader {
    private static final String KEY = "chat_template";
    private static final String DEFAULT = "default";

    private ChatTemplateReader() {}

    /**
     * Returns what chat_template.jinja holds, else what tokenizer_config.json does: one text, or a
     * list of named ones, of which that named {@code default} counts.
     */
    static Optional<String> read(Path directory) {
        Path ownFile = directory.resolve("chat_template.jinja");
        if (Files.isRegularFile(ownFile)) {
            return Optional.of(new String(ModelFiles.read(ownFile), StandardCharsets.UTF_8));
        }
        Path tokenizerConfig = directory.resolve("tokenizer_config.json");
        if (!Files.isRegularFile(tokenizerConfig)) {
            return Optional.empty();
        }
        ConfigValues values = ConfigValues.read(tokenizerConfig);
        if (!values.isList(KEY)) {
            return values.has(KEY) ? Optional.of(values.text(KEY, "")) : Optional.empty();
        }
        List<ConfigValues> named = values.objects(KEY);
        return named.stream()
                .filter(template -> template.text("name", "").equals(DEFAULT))
                .findFirst()
                .map(template -> template.text("template", ""));
    }
}
