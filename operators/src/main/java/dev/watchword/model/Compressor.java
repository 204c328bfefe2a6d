package dev.watchword.model;

import dev.watchword.tensor.Script;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorList;
import dev.watchword.tensor.TensorScope;
import java.util.List;

/**
 * Query-based compression (section 4.1): one cross attention of C * C learnable queries over a
 * picture's patches, with 2-D positions on both. Or what stands in its place, for comparison: the
 * means of the patches under C * C cells, or the patches themselves.
 */
final class Compressor implements AutoCloseable {
    private final Compression compression;
    private final int grid;
    private final int heads;
    private final Script script;
    private final TensorList weights;

    Compressor(ModelConfig config, NetworkWeights weights) {
        this.compression = config.compression();
        this.grid = config.compressorGrid();
        this.heads = config.compressorHeads();
        this.script = Script.load("compressor", weights.device());
        this.weights =
                new TensorList(
                        compression == Compression.QUERY ? queries(config, weights) : List.of());
    }

    private static List<Tensor> queries(ModelConfig config, NetworkWeights weights) {
        int width = config.vision().width();
        int queries = config.visionTokens();
        return List.of(
                weights.takeInFloat32("query", queries, width),
                weights.takeInFloat32("pos_embed", queries, width),
                weights.takeInFloat32("ln_q.weight", width),
                weights.takeInFloat32("ln_q.bias", width),
                weights.takeInFloat32("ln_kv.weight", width),
                weights.takeInFloat32("ln_kv.bias", width),
                weights.takeInFloat32("attn.in_proj_weight", 3L * width, width),
                weights.takeInFloat32("attn.in_proj_bias", 3L * width),
                weights.takeInFloat32("attn.out_proj.weight", width, width),
                weights.takeInFloat32("attn.out_proj.bias", width));
    }

    /**
     * What the queries gathered, in float32.
     *
     * @param features [F, Q, Dv]
     * @param attention [F, Q, patches]: what each query looked at, the mean of the heads; each
     *     row's sum is 1
     */
    record Compressed(Tensor features, Tensor attention) {}

    /** Compresses features [F, patches, Dv]; the patches form a square grid. */
    Compressed compress(TensorScope scope, Tensor features) {
        List<Tensor> result =
                switch (compression) {
                    case QUERY -> script.callForList(scope, "compress", features, weights, heads);
                    case POOL -> script.callForList(scope, "pooled", features, grid);
                    case NONE -> script.callForList(scope, "uncompressed", features);
                };
        return new Compressed(result.get(0), result.get(1));
    }

    /**
     * Lays the crops of a high-resolution picture out as one picture: [F, n * n, P, Dv] to [F, n *
     * n * P, Dv].
     */
    Tensor mosaic(TensorScope scope, Tensor crops, int ratio) {
        return script.call(scope, "mosaic", crops, ratio);
    }

    @Override
    public void close() {
        weights.close();
        script.close();
    }
}
