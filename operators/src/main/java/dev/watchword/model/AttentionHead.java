package dev.watchword.model;

/**
 * A head of the decoder's attention.
 *
 * @param layer from 0
 * @param head within the layer, from 0
 */
public record AttentionHead(int layer, int head) {
    /** The head that has a number through all layers. */
    public static AttentionHead of(int number, LanguageConfig language) {
        return new AttentionHead(number / language.heads(), number % language.heads());
    }

    /** Its number through all layers. */
    long number(LanguageConfig language) {
        return (long) layer * language.heads() + head;
    }
}
