package dev.watchword.model;

/**
 * A head of the decoder's attention.
 *
 * @param layer from 0
 * @param head within the layer, from 0
 */
public record AttentionHead(int layer, int head) {
    /** Its number through all layers. */
    long number(LanguageConfig language) {
        return (long) layer * language.heads() + head;
    }
}
