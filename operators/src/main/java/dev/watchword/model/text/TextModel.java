package dev.watchword.model.text;

import dev.watchword.model.ModelDirectory;
import java.util.List;
import java.util.Set;

/** The words of a model: its tokenizer, its chat template, and what ends an answer. Thread-safe. */
public final class TextModel implements AutoCloseable {
    private final Tokenizer tokenizer;
    private final ChatTemplate template;
    private final Set<Integer> stopIds;

    private TextModel(Tokenizer tokenizer, ChatTemplate template, Set<Integer> stopIds) {
        this.tokenizer = tokenizer;
        this.template = template;
        this.stopIds = stopIds;
    }

    /**
     * Opens the tokenizer of a model directory.
     *
     * @param chatTemplate a template's setting name, or {@code auto} for the model's own
     * @throws dev.watchword.model.ModelFileException if there is no tokenizer or it cannot be read
     * @throws IllegalArgumentException if no template has this name
     */
    public static TextModel open(ModelDirectory directory, String chatTemplate) {
        Tokenizer tokenizer = Tokenizer.open(directory.requiredTokenizerFile());
        ChatTemplate template =
                chatTemplate.equals("auto")
                        ? ChatTemplate.of(tokenizer, directory.chatTemplate())
                        : ChatTemplate.named(chatTemplate)
                                .orElseThrow(
                                        () ->
                                                new IllegalArgumentException(
                                                        "No chat template is called "
                                                                + chatTemplate
                                                                + "; use auto, llama-3.1, llama-3,"
                                                                + " vicuna or plain."));
        return new TextModel(
                tokenizer,
                template,
                template.stopIds(tokenizer, directory.config().language().stopIds()));
    }

    /** The prompt of a question. */
    public Prompt prompt(String question) {
        return template.prompt(tokenizer, question);
    }

    /**
     * The prompt of a question about several histories, each behind its name.
     *
     * @param names at least one; an empty one is left out
     */
    public Prompt combinedPrompt(List<String> names, String question) {
        return template.prompt(tokenizer, names, question);
    }

    /** A stream's name as it stands in front of its frames; without tokens if it is empty. */
    public long[] name(String stream) {
        return combinedPrompt(List.of("", stream), "").text(1);
    }

    /**
     * The prompt of a question that follows others.
     *
     * @param earlier oldest first
     */
    public Prompt prompt(List<Turn> earlier, String question) {
        return template.prompt(tokenizer, template.systemText(), earlier, question);
    }

    /** Whether a token ends an answer. */
    public boolean stops(int token) {
        return stopIds.contains(token);
    }

    /** For an answer whose tokens come one at a time. */
    public AnswerText newAnswer() {
        return template.answerText(tokenizer);
    }

    /** The text of a whole answer, as a person reads it. */
    public String answerText(List<Integer> generated) {
        return template.answerText(
                tokenizer, generated.stream().mapToLong(Integer::longValue).toArray());
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
