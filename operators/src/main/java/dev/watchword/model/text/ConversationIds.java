package dev.watchword.model.text;

import java.util.stream.LongStream;

/**
 * Puts together the ids of what stands behind the frames. Control tokens come only from where a
 * template names them, never out of text.
 */
final class ConversationIds {
    private final Tokenizer tokenizer;
    private final String neededBy;
    private long[] ids = {};

    /**
     * @param neededBy what needs the control tokens, for the message when one is missing
     */
    ConversationIds(Tokenizer tokenizer, String neededBy) {
        this.tokenizer = tokenizer;
        this.neededBy = neededBy;
    }

    /** Appends text, encoded by itself. */
    ConversationIds text(String text) {
        ids = Tokenizer.concatenated(ids, tokenizer.encodePlain(text));
        return this;
    }

    /**
     * Appends a control token.
     *
     * @throws dev.watchword.model.ModelFileException if the tokenizer has no such token
     */
    ConversationIds control(String token) {
        ids =
                LongStream.concat(
                                LongStream.of(ids),
                                LongStream.of(tokenizer.requiredId(token, neededBy)))
                        .toArray();
        return this;
    }

    long[] ids() {
        return ids.clone();
    }
}
