package dev.watchword.model.untrained;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A tokenizer for which every byte is a token, with Llama 3.1's control tokens behind: any text can
 * be encoded, and any answer shown.
 */
public final class ByteTokenizer {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int BYTES = 256;
    private static final List<String> CONTROL_TOKENS =
            List.of(
                    "<|begin_of_text|>",
                    "<|end_of_text|>",
                    "<|reserved_special_token_0|>",
                    "<|reserved_special_token_1|>",
                    "<|finetune_right_pad_id|>",
                    "<|reserved_special_token_2|>",
                    "<|start_header_id|>",
                    "<|end_header_id|>",
                    "<|eom_id|>",
                    "<|eot_id|>",
                    "<|python_tag|>");

    /** How many ids it has, and the least vocabulary of a model that can use it. */
    public static final int VOCABULARY = BYTES + CONTROL_TOKENS.size();

    /** The id that begins a text. */
    public static final int BEGIN_ID = idOf("<|begin_of_text|>");

    /** The ids that end an answer. */
    public static final List<Integer> STOP_IDS =
            List.of(idOf("<|end_of_text|>"), idOf("<|eom_id|>"), idOf("<|eot_id|>"));

    private ByteTokenizer() {}

    /** Returns its tokenizer.json. */
    static ObjectNode tokenizerJson() {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("version", "1.0").putNull("truncation").putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        CONTROL_TOKENS.forEach(token -> added.add(addedToken(token)));
        root.putNull("normalizer");
        root.set("pre_tokenizer", byteLevel(false));
        root.set("post_processor", beginText());
        root.set("decoder", byteLevel(true));
        ObjectNode model = root.putObject("model").put("type", "BPE");
        ObjectNode vocabulary = model.putObject("vocab");
        String letters = letters();
        for (int id = 0; id < BYTES; id++) {
            vocabulary.put(letters.substring(id, id + 1), id);
        }
        model.putArray("merges");
        return root;
    }

    /** Returns its tokenizer_config.json. */
    static ObjectNode tokenizerConfig() {
        return MAPPER.createObjectNode()
                .put("tokenizer_class", "PreTrainedTokenizerFast")
                .put("bos_token", "<|begin_of_text|>")
                .put("eos_token", "<|eot_id|>")
                .put("clean_up_tokenization_spaces", false);
    }

    private static int idOf(String controlToken) {
        return BYTES + CONTROL_TOKENS.indexOf(controlToken);
    }

    private static ObjectNode addedToken(String token) {
        return MAPPER.createObjectNode()
                .put("id", idOf(token))
                .put("content", token)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", false)
                .put("special", true);
    }

    private static ObjectNode byteLevel(boolean useRegex) {
        return MAPPER.createObjectNode()
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", useRegex);
    }

    private static ObjectNode beginText() {
        String token = "<|begin_of_text|>";
        ObjectNode processor = MAPPER.createObjectNode().put("type", "TemplateProcessing");
        ArrayNode single = processor.putArray("single");
        single.addObject().putObject("SpecialToken").put("id", token).put("type_id", 0);
        single.addObject().putObject("Sequence").put("id", "A").put("type_id", 0);
        ArrayNode pair = single.deepCopy();
        pair.addObject().putObject("Sequence").put("id", "B").put("type_id", 1);
        processor.set("pair", pair);
        ObjectNode special = processor.putObject("special_tokens").putObject(token);
        special.put("id", token);
        special.putArray("ids").add(BEGIN_ID);
        special.putArray("tokens").add(token);
        return processor;
    }

    /**
     * Returns the letters that byte-level vocabularies write for the bytes, in the order of their
     * ids: printable bytes come first and stand for themselves, the others follow as letters from
     * 256 on.
     */
    private static String letters() {
        StringBuilder printable = new StringBuilder();
        StringBuilder others = new StringBuilder();
        for (char value = 0; value < BYTES; value++) {
            if (value >= '!' && value <= '~' || value >= '\u00A1' && value != '\u00AD') {
                printable.append(value);
            } else {
                others.append((char) (BYTES + others.length()));
            }
        }
        return printable.append(others).toString();
    }
}
