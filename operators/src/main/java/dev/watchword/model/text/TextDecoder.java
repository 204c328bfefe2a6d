package dev.watchword.model.text;

import java.util.Arrays;
import java.util.function.Function;

/**
 * Turns ids that come one at a time into text, for answers that are shown while they are written.
 * What it gives, laid end to end, is the text of all ids decoded at once; only where the bytes are
 * no valid UTF-8 may the two differ in how many U+FFFD stand for them. A character whose bytes are
 * spread over several tokens comes out when its last byte has come. For one thread at a time.
 */
public final class TextDecoder {
    private static final char REPLACEMENT = '\uFFFD';

    private final Function<long[], String> decode;
    private long[] ids = new long[64];
    private int size;
    // ids[context, given) have been given out already; they are decoded again with what follows,
    // since a decoder treats the first token of a text differently from the same token within.
    private int context;
    private int given;

    TextDecoder(Function<long[], String> decode) {
        this.decode = decode;
    }

    /** Takes the next id, and returns the text that is certain now and was not before. */
    public String append(long id) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, 2 * size);
        }
        ids[size++] = id;
        String text = pending();
        if (text.isEmpty() || text.charAt(text.length() - 1) == REPLACEMENT) {
            return "";
        }
        context = given;
        given = size;
        return text;
    }

    /** Returns the rest: nothing, or the replacements of bytes that never became a character. */
    public String finish() {
        String text = pending();
        context = given;
        given = size;
        return text;
    }

    private String pending() {
        String before = decode.apply(Arrays.copyOfRange(ids, context, given));
        String all = decode.apply(Arrays.copyOfRange(ids, context, size));
        return all.substring(Math.min(before.length(), all.length()));
    }
}
