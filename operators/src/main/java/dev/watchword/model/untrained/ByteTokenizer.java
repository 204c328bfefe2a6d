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
    private static final int BYTES = ByteLevel.BYTES;
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
        CONTROL_TOKENS.forEach(token -> added.add(ByteLevel.controlToken(token, idOf(token))));
        root.putNull("normalizer");
        root.set("pre_tokenizer", ByteLevel.step(false));
        root.set("post_processor", ByteLevel.beginningWith("<|begin_of_text|>", BEGIN_ID));
        root.set("decoder", ByteLevel.step(true));
        ObjectNode model = root.putObject("model").put("type", "BPE");
        ObjectNode vocabulary = model.putObject("vocab");
        for (int id = 0; id < BYTES; id++) {
            vocabulary.put(ByteLevel.LETTERS.substring(id, id + 1), id);
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
}
