package dev.watchword.model;

import java.util.Optional;

/**
 * The tokens that the decoder has read of one sequence: perhaps some that it shares with others, which
 * stay as they are, and its own behind them.
 *
 * @param before the cache whose first tokens are shared
 * @param shared how many of them are; 0 without {@code before}
 * @param own the cache of its own tokens
 */
record DecoderSequence(Optional<KeyValueCache> before, int shared, KeyValueCache own) {
    /** One that shares nothing. */
    static DecoderSequence alone(KeyValueCache own) {
        return new DecoderSequence(Optional.empty(), 0, own);
    }

    /** One behind the first tokens of a cache that lives longer. */
    static DecoderSequence behind(KeyValueCache before, int shared, KeyValueCache own) {
        return shared == 0 ? alone(own) : new DecoderSequence(Optional.of(before), shared, own);
    }
}
