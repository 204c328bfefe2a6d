package dev.watchword.model.untrained;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** What byte-level tokenizers of Hugging Face's format have in common. */
final class ByteLevel {
    static final int BYTES = 256;

    /**
     * The letters that byte-level vocabularies write for the bytes: those of printable bytes come
     * first and stand for themselves, the others follow as letters from 256 on.
     */
    static final String LETTERS = letters();

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final char[] LETTER_OF_BYTE = letterOfByte();

    private ByteLevel() {}

    /** Returns a text as a byte-level vocabulary spells it: a letter for each byte of its UTF-8. */
    static String spelled(String text) {
        StringBuilder letters = new StringBuilder();
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            letters.append(LETTER_OF_BYTE[Byte.toUnsignedInt(value)]);
        }
        return letters.toString();
    }

    /**
     * Returns the step of a tokenizer that turns bytes into letters, or back.
     *
     * @param cutsWords whether the text is cut into words, numbers and signs before
     */
    static ObjectNode step(boolean cutsWords) {
        return MAPPER.createObjectNode()
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", cutsWords);
    }

    /** Returns the entry of a control token among those that are recognised as they stand. */
    static ObjectNode controlToken(String token, int id) {
        return MAPPER.createObjectNode()
                .put("id", id)
                .put("content", token)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", false)
                .put("special", true);
    }

    /** Returns the step that puts a token in front of every text. */
    static ObjectNode beginningWith(String token, int id) {
        ObjectNode processor = MAPPER.createObjectNode().put("type", "TemplateProcessing");
        ArrayNode single = processor.putArray("single");
        single.addObject().putObject("SpecialToken").put("id", token).put("type_id", 0);
        single.addObject().putObject("Sequence").put("id", "A").put("type_id", 0);
        ArrayNode pair = single.deepCopy();
        pair.addObject().putObject("Sequence").put("id", "B").put("type_id", 1);
        processor.set("pair", pair);
        ObjectNode special = processor.putObject("special_tokens").putObject(token);
        special.put("id", token);
        special.putArray("ids").add(id);
        special.putArray("tokens").add(token);
        return processor;
    }

    private static String letters() {
        StringBuilder printable = new StringBuilder();
        StringBuilder others = new StringBuilder();
        for (char value = 0; value < BYTES; value++) {
            if (isPrintable(value)) {
                printable.append(value);
            } else {
                others.append((char) (BYTES + others.length()));
            }
        }
        return printable.append(others).toString();
    }

    private static char[] letterOfByte() {
        char[] letters = new char[BYTES];
        char next = BYTES;
        for (char value = 0; value < BYTES; value++) {
            letters[value] = isPrintable(value) ? value : next++;
        }
        return letters;
    }

    private static boolean isPrintable(char value) {
        return value >= '!' && value <= '~' || value >= '\u00A1' && value != '\u00AD';
    }
}
