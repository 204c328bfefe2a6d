package dev.watchword.model.untrained;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tokenizer for a small world: each known word, with the blank in front of it, is one token, and
 * whatever else is written falls to its bytes. Ids: the control tokens, then the 256 bytes, then
 * the words in the order given. It asks for the chat template {@code plain}.
 *
 * <p>Token 0 is padding, for pre-fusion does not see a token 0.
 */
public final class WordTokenizer {
    /** The id that is never in a text. */
    public static final int PADDING_ID = 0;

    /** The id that begins a text. */
    public static final int BEGIN_ID = 1;

    /** The id that ends an answer. */
    public static final int END_ID = 2;

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final List<String> CONTROL_TOKENS = List.of("<pad>", "<s>", "</s>");

    /** How GPT-2's tokenizer cuts a text: contractions, words, numbers, signs, blanks. */
    private static final Pattern PIECE =
            Pattern.compile(
                    "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+"
                            + "|\\s+(?!\\S)|\\s+",
                    Pattern.UNICODE_CHARACTER_CLASS);

    private final Set<String> words = new LinkedHashSet<>();

    /**
     * A tokenizer that knows these pieces of text.
     *
     * @param pieces as {@link #cut} gives them; those of one byte, and repeated ones, add nothing
     * @throws IllegalArgumentException if one would be cut and so never be met in a text
     */
    public WordTokenizer(Collection<String> pieces) {
        for (String piece : pieces) {
            if (!cut(piece).equals(List.of(piece))) {
                throw new IllegalArgumentException(
                        "\"%s\" is cut into %s, and so would never be one token"
                                .formatted(piece, cut(piece)));
            }
            if (piece.getBytes(StandardCharsets.UTF_8).length > 1) {
                words.add(piece);
            }
        }
    }

    /** A tokenizer that knows every piece of these texts, in the order of their first coming. */
    public static WordTokenizer ofTexts(Collection<String> texts) {
        return new WordTokenizer(texts.stream().flatMap(text -> cut(text).stream()).toList());
    }

    /** Cuts a text into the pieces of which each can be one token, the blank with the word behind. */
    public static List<String> cut(String text) {
        List<String> pieces = new ArrayList<>();
        Matcher matcher = PIECE.matcher(text);
        while (matcher.find()) {
            pieces.add(matcher.group());
        }
        return pieces;
    }

    /** Returns how many ids it has. */
    public int vocabulary() {
        return CONTROL_TOKENS.size() + ByteLevel.BYTES + words.size();
    }

    /**
     * Writes tokenizer.json and tokenizer_config.json, over those that are there.
     *
     * @throws IOException if they cannot be written
     */
    public void write(Path directory) throws IOException {
        JsonFiles.write(directory.resolve("tokenizer.json"), tokenizerJson());
        JsonFiles.write(directory.resolve("tokenizer_config.json"), tokenizerConfig());
    }

    /** Returns its tokenizer.json. */
    ObjectNode tokenizerJson() {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("version", "1.0").putNull("truncation").putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        for (int id = 0; id < CONTROL_TOKENS.size(); id++) {
            added.add(ByteLevel.controlToken(CONTROL_TOKENS.get(id), id));
        }
        root.putNull("normalizer");
        root.set("pre_tokenizer", ByteLevel.step(true));
        root.set("post_processor", ByteLevel.beginningWith(CONTROL_TOKENS.get(BEGIN_ID), BEGIN_ID));
        root.set("decoder", ByteLevel.step(true));
        ObjectNode model = root.putObject("model").put("type", "BPE").put("ignore_merges", true);
        ObjectNode vocabulary = model.putObject("vocab");
        CONTROL_TOKENS.forEach(token -> vocabulary.put(token, vocabulary.size()));
        ByteLevel.LETTERS
                .chars()
                .forEach(letter -> vocabulary.put(Character.toString(letter), vocabulary.size()));
        words.forEach(word -> vocabulary.put(ByteLevel.spelled(word), vocabulary.size()));
        model.putArray("merges");
        return root;
    }

    private static ObjectNode tokenizerConfig() {
        return MAPPER.createObjectNode()
                .put("tokenizer_class", "PreTrainedTokenizerFast")
                .put("pad_token", CONTROL_TOKENS.get(PADDING_ID))
                .put("bos_token", CONTROL_TOKENS.get(BEGIN_ID))
                .put("eos_token", CONTROL_TOKENS.get(END_ID))
                .put("clean_up_tokenization_spaces", false)
                .put(
                        "chat_template",
                        "{{ bos_token }}{% for message in messages %}{{ message['content'] }}"
                                + "{{ '\\n' }}{% endfor %}");
    }
}
