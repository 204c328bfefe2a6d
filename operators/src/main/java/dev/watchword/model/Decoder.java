package dev.watchword.model;

import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.List;

/** The language model: Llama with its embeddings and its head. */
final class Decoder implements AutoCloseable {
    private final LanguageConfig config;
    private final LlamaBlocks blocks;
    private final Tensor embeddings;
    private final Tensor norm;
    private final Tensor head;

    Decoder(LanguageConfig config, NetworkWeights weights) {
        this.config = config;
        NetworkWeights model = weights.within("model.");
        this.embeddings = model.take("embed_tokens.weight", config.vocabulary(), config.width());
        this.blocks = new LlamaBlocks(config, config.layers(), model.within("layers."));
        this.norm = model.takeInFloat32("norm.weight", config.width());
        this.head =
                config.tiedEmbeddings()
                        ? model.alsoLinear(embeddings)
                        : weights.takeLinear("lm_head.weight", config.vocabulary(), config.width());
    }

    /** Token ids [L] as vectors [L, D]; a negative id takes token 0's. */
    Tensor embed(TensorScope scope, Tensor ids) {
        return blocks.script().call(scope, "embed", embeddings, ids);
    }

    /**
     * Vision tokens [N, D] as they stand in a sequence.
     *
     * @param first where the first of them stands; the others follow
     */
    Tensor placed(TensorScope scope, Tensor tokens, long first, double strength) {
        Tensor positions = blocks.script().call(scope, "following", tokens, first);
        return blocks.script().call(scope, "placed", tokens, positions, strength);
    }

    /**
     * The code of a stream's name [D], in float32.
     *
     * @param words the vectors of the name's tokens [n, D]
     */
    Tensor nameCode(TensorScope scope, Tensor words) {
        return blocks.script().call(scope, "name_code", words);
    }

    /** Vision tokens [N, D] with the code of their stream's name. */
    Tensor named(TensorScope scope, Tensor tokens, Tensor code, double strength) {
        return blocks.script().call(scope, "named", tokens, code, strength);
    }

    KeyValueCache newCache(TensorScope scope, int capacity) {
        return blocks.newCache(scope, 1, capacity, embeddings);
    }

    /** Runs vectors [1, T, D] behind those in the cache. Gives hidden states [1, T, D]. */
    Tensor extend(TensorScope scope, Tensor vectors, KeyValueCache cache) {
        return blocks.extend(scope, vectors, cache, vectors.size(1));
    }

    /** Runs vectors [1, T, D] behind those of a sequence, to leave their keys and values there. */
    void read(TensorScope scope, Tensor vectors, DecoderSequence sequence) {
        blocks.extend(scope, vectors, sequence, 0);
    }

    /** As {@link #read}. Gives the hidden states of the last vector [1, 1, D]. */
    Tensor readToLast(TensorScope scope, Tensor vectors, DecoderSequence sequence) {
        return blocks.extend(scope, vectors, sequence, 1);
    }

    /**
     * Runs one vector behind each of some sequences, in one pass: [B, 1, D] to hidden states [B, 1,
     * D].
     */
    Tensor extendEach(TensorScope scope, Tensor vectors, List<DecoderSequence> sequences) {
        return blocks.extendEach(scope, vectors, sequences);
    }

    /** How much vectors [1, T, D] look at each other: [layers, 1, T - first, T], float32. */
    Tensor attention(TensorScope scope, Tensor vectors, int first) {
        return blocks.attention(scope, vectors, first);
    }

    /** See {@link LlamaBlocks#lookedAt}. */
    Tensor lookedAt(TensorScope scope, Tensor vectors, DecoderSequence sequence, long[] heads) {
        return blocks.lookedAt(scope, vectors, sequence, heads);
    }

    /** The scores of the next token in float32: [B, T, D] to [B, T, V]. */
    Tensor logits(TensorScope scope, Tensor hidden) {
        return blocks.script().call(scope, "logits", hidden, norm, head, config.rmsNormEpsilon());
    }

    @Override
    public void close() {
        blocks.close();
    }
}
