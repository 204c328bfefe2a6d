package dev.watchword.model;

import dev.watchword.tensor.Linear;
import dev.watchword.tensor.Script;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorList;
import dev.watchword.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;

/** A stack of Llama decoder blocks: the language model's, or pre-fusion's. */
final class LlamaBlocks implements AutoCloseable {
    private final LanguageConfig config;
    private final int count;
    private final Script script;
    private final TensorList weights;
    private final TensorScope constants;
    private final Tensor frequencies;

    /**
     * @param weights those under which the blocks stand as {@code 0.}, {@code 1.} and so on
     */
    LlamaBlocks(LanguageConfig config, int count, NetworkWeights weights) {
        this.config = config;
        this.count = count;
        this.script = Linear.load("llama", weights.device());
        List<Tensor> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.addAll(block(config, weights.within(i + ".")));
        }
        this.weights = new TensorList(all);
        this.constants = TensorScope.open(weights.device());
        float[] turns = config.rotaryFrequencies();
        this.frequencies = constants.floats(turns, turns.length);
    }

    private static List<Tensor> block(LanguageConfig config, NetworkWeights weights) {
        long width = config.width();
        long mlp = config.mlpWidth();
        long queries = (long) config.heads() * config.headSize();
        long keys = (long) config.keyValueHeads() * config.headSize();
        return List.of(
                weights.takeInFloat32("input_layernorm.weight", width),
                weights.takeLinear("self_attn.q_proj.weight", queries, width),
                weights.takeLinear("self_attn.k_proj.weight", keys, width),
                weights.takeLinear("self_attn.v_proj.weight", keys, width),
                weights.takeLinear("self_attn.o_proj.weight", width, queries),
                weights.takeInFloat32("post_attention_layernorm.weight", width),
                weights.takeLinear("mlp.gate_proj.weight", mlp, width),
                weights.takeLinear("mlp.up_proj.weight", mlp, width),
                weights.takeLinear("mlp.down_proj.weight", width, mlp));
    }

    /**
     * Room for the keys and values of {@code batch} sequences.
     *
     * @param like gives the number format
     */
    KeyValueCache newCache(TensorScope scope, long batch, int capacity, Tensor like) {
        return new KeyValueCache(script, scope, count, config, batch, capacity, like);
    }

    /**
     * Runs tokens that follow those in the cache, and leaves their keys and values in it. Each sees
     * all that came before it.
     *
     * @param tokens [B, T, D]
     * @param wanted of how many of the last tokens the hidden states are wanted; of the others the
     *     last layer makes keys and values, and no more
     * @return [B, wanted, D]
     */
    Tensor extend(TensorScope scope, Tensor tokens, KeyValueCache cache, long wanted) {
        int at = cache.reserve(tokens);
        return script.call(
                scope,
                "extend",
                tokens,
                frequencies,
                cache.tensors(),
                at,
                weights,
                config.heads(),
                config.rmsNormEpsilon(),
                wanted);
    }

    /**
     * Runs tokens that follow those of a sequence, and leaves their keys and values in its own cache.
     *
     * @param tokens [1, T, D]
     * @param wanted of how many of the last tokens the hidden states are wanted
     * @return [1, wanted, D]
     */
    Tensor extend(TensorScope scope, Tensor tokens, DecoderSequence sequence, long wanted) {
        if (sequence.before().isEmpty()) {
            return extend(scope, tokens, sequence.own(), wanted);
        }
        int at = sequence.own().reserve(tokens);
        return script.call(
                scope,
                "extend_behind",
                tokens,
                frequencies,
                sequence.before().get().tensors(),
                sequence.shared(),
                sequence.own().tensors(),
                at,
                weights,
                config.heads(),
                config.rmsNormEpsilon(),
                wanted);
    }

    /**
     * Runs one token behind each of some sequences.
     *
     * @param tokens [B, 1, D]
     * @return [B, 1, D]
     */
    Tensor extendEach(TensorScope scope, Tensor tokens, List<DecoderSequence> sequences) {
        List<Tensor> before = new ArrayList<>();
        List<Tensor> own = new ArrayList<>();
        long[] filled = new long[2 * sequences.size()];
        for (int i = 0; i < sequences.size(); i++) {
            DecoderSequence sequence = sequences.get(i);
            filled[2 * i] = sequence.shared();
            filled[2 * i + 1] = sequence.own().reserve(1);
            own.addAll(sequence.own().tensors().tensors());
            before.addAll(sequence.before().orElse(sequence.own()).tensors().tensors());
        }
        try (TensorList packedBefore = new TensorList(before);
                TensorList packedOwn = new TensorList(own)) {
            return script.call(
                    scope,
                    "extend_each",
                    tokens,
                    frequencies,
                    packedBefore,
                    packedOwn,
                    filled,
                    weights,
                    config.heads(),
                    config.rmsNormEpsilon());
        }
    }

    /**
     * As {@link #extend(TensorScope, Tensor, KeyValueCache, long)} of all tokens, but those marked in
     * {@code hidden} [T] are seen by none and take no position.
     */
    Tensor extendHidden(TensorScope scope, Tensor tokens, Tensor hidden, KeyValueCache cache) {
        int at = cache.reserve(tokens);
        return script.call(
                scope,
                "extend_hidden",
                tokens,
                hidden,
                frequencies,
                cache.tensors(),
                at,
                weights,
                config.heads(),
                config.rmsNormEpsilon());
    }

    /**
     * How much the tokens from {@code first} on look at each token, in each layer: the mean of the
     * heads.
     *
     * @param tokens [B, T, D]
     * @return [layers, B, T - first, T], float32; each row's sum is 1
     */
    Tensor attention(TensorScope scope, Tensor tokens, int first) {
        try (TensorScope step = scope.child();
                KeyValueCache cache =
                        newCache(step, tokens.size(0), Math.toIntExact(tokens.size(1)), tokens)) {
            return script.call(
                    scope,
                    "attentions",
                    tokens,
                    frequencies,
                    cache.tensors(),
                    first,
                    weights,
                    config.heads(),
                    config.rmsNormEpsilon());
        }
    }

    /**
     * Runs tokens as {@link #extend(TensorScope, Tensor, DecoderSequence, long)} does, and tells how
     * much they look at each of the tokens that their sequence shares: the mean over them.
     *
     * @param tokens [1, T, D]
     * @param sequence that shares some
     * @param heads which heads, numbered through all layers, rising
     * @return [heads, shared], float32
     */
    Tensor lookedAt(TensorScope scope, Tensor tokens, DecoderSequence sequence, long[] heads) {
        int at = sequence.own().reserve(tokens);
        return script.call(
                scope,
                "looked_at",
                tokens,
                frequencies,
                sequence.before().orElseThrow().tensors(),
                sequence.shared(),
                sequence.own().tensors(),
                at,
                heads,
                weights,
                config.heads(),
                config.rmsNormEpsilon());
    }

    Script script() {
        return script;
    }

    @Override
    public void close() {
        constants.close();
        weights.close();
        script.close();
    }
}
