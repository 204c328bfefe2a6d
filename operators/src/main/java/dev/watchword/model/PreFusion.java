package dev.watchword.model;

import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;

/**
 * Modality pre-fusion (section 4.2): Llama blocks over a frame's patches, its compressed features
 * and the text, in this order, causally. Because the vision stands before the text, its part is run
 * once per frame, and the text part follows on the keys and values that it left.
 */
final class PreFusion implements AutoCloseable {
    private final LlamaBlocks blocks;

    PreFusion(ModelConfig config, NetworkWeights weights) {
        this.blocks = new LlamaBlocks(config.language(), config.prefusionLayers(), weights);
    }

    /**
     * The vision part of some frames.
     *
     * @param tokens the frames' vision tokens [F, Q, D]
     * @param cache the keys and values on which the text part goes on
     */
    record Vision(Tensor tokens, KeyValueCache cache) implements AutoCloseable {
        @Override
        public void close() {
            cache.close();
        }
    }

    /**
     * Runs the vision part.
     *
     * @param sequence projected patches and, last, compressed features [F, patches + Q, D]
     * @param room for how many text tokens the cache is made
     */
    Vision vision(TensorScope scope, Tensor sequence, int visionTokens, int room) {
        long length = sequence.size(1);
        int capacity = Math.toIntExact(length + room);
        KeyValueCache cache = blocks.newCache(scope, sequence.size(0), capacity, sequence);
        return new Vision(blocks.extend(scope, sequence, cache, visionTokens), cache);
    }

    /**
     * Runs the text part behind the frames' vision part, and leaves the text's keys and values behind
     * those of the vision.
     *
     * @param text embeddings [F, L, D]
     * @param hidden tokens that are not seen [L], bool
     * @return the fused text [F, L, D]; at hidden tokens it means nothing
     */
    Tensor text(TensorScope scope, Vision vision, Tensor text, Tensor hidden) {
        return blocks.extendHidden(scope, text, hidden, vision.cache());
    }

    @Override
    public void close() {
        blocks.close();
    }
}
