package dev.watchword.job.bench;

import dev.watchword.model.Compression;
import dev.watchword.model.LanguageConfig;
import dev.watchword.model.ModelConfig;
import dev.watchword.model.VisionTowerConfig;

/**
 * How many floating-point operations each part of the network takes, counted from its shape. A
 * multiplication with its addition counts as 2. Counted are the matrix products and attention, in
 * causal attention only what a token may see; norms, activations, softmax and positions are not:
 * they are below one percent.
 */
public final class NetworkFlops {
    private final ModelConfig config;
    private final boolean wholeLastLayer;

    private NetworkFlops(ModelConfig config, boolean wholeLastLayer) {
        this.config = config;
        this.wholeLastLayer = wholeLastLayer;
    }

    /**
     * As it is computed here: a stack's last layer makes hidden states of those tokens alone of which
     * they are wanted, and of the others only keys and values.
     */
    public static NetworkFlops of(ModelConfig config) {
        return new NetworkFlops(config, false);
    }

    /** As the paper's own code computes it: all tokens run through all of every layer. */
    public static NetworkFlops asPublished(ModelConfig config) {
        return new NetworkFlops(config, true);
    }

    /** The vision tower over one frame, all its parts. */
    public long visionTower() {
        VisionTowerConfig tower = config.vision();
        long width = tower.width();
        long tokens = tower.patches() + 1L;
        long patchValues = 3L * tower.patchSize() * tower.patchSize();
        long embedding = 2 * tower.patches() * patchValues * width;
        long projections = 4 * 2 * tokens * width * width;
        long attention = 2 * 2 * tokens * tokens * width;
        long mlp = 2 * 2 * tokens * width * tower.mlpWidth();
        return config.parts() * (embedding + tower.selectLayer() * (projections + attention + mlp));
    }

    /** The compressor over one frame. */
    public long compressor() {
        long width = config.vision().width();
        if (config.compression() != Compression.QUERY) {
            return config.compression() == Compression.POOL ? gridPatches() * width : 0;
        }
        long queries = config.visionTokens();
        long keysAndValues = 2 * 2 * gridPatches() * width * width;
        long attention = 2 * 2 * queries * gridPatches() * width;
        long queriesAndOut = 2 * 2 * queries * width * width;
        return keysAndValues + attention + queriesAndOut;
    }

    /** The projector over one frame: its patches, and what the compressor made of them. */
    public long projector() {
        long from = config.vision().width();
        long to = config.language().width();
        long onward = (config.projectorLayers() - 1L) * 2 * to * to;
        return visionLength() * (2 * from * to + onward);
    }

    /** The vision part of pre-fusion over one frame. */
    public long preFusionVision() {
        return blocks(config.prefusionLayers(), visionLength(), 0, config.visionTokens());
    }

    /** The text part of pre-fusion over one frame. */
    public long preFusionText(long textTokens) {
        return blocks(config.prefusionLayers(), textTokens, visionLength(), textTokens);
    }

    /** All that a frame takes when it comes. */
    public long encode() {
        return visionTower() + compressor() + projector() + preFusionVision();
    }

    /** All that fusing a question with keyframes takes: everything but the vision tower. */
    public long fuse(long keyframes, long textTokens) {
        return keyframes
                * (compressor() + projector() + preFusionVision() + preFusionText(textTokens));
    }

    /** The decoder reading a prompt from its beginning, and the scores behind its last token. */
    public long prefill(long tokens) {
        return blocks(config.language().layers(), tokens, 0, 1) + scores();
    }

    /** The decoder reading one more token, and the scores behind it. */
    public long decode(long tokensBefore) {
        return blocks(config.language().layers(), 1, tokensBefore, 1) + scores();
    }

    /** Patches of the picture that the compressor sees: of all crops where there are crops. */
    private long gridPatches() {
        long crops = Math.max(1, config.parts() - 1);
        return crops * config.vision().patches();
    }

    /** Tokens of a frame's vision part of pre-fusion. */
    private long visionLength() {
        if (config.compression() == Compression.NONE) {
            return config.visionTokens();
        }
        return (long) config.parts() * config.vision().patches() + config.visionTokens();
    }

    /**
     * Llama blocks over tokens that see all before them, those before the first included.
     *
     * @param wanted of how many of the last tokens the hidden states are wanted
     */
    private long blocks(long count, long tokens, long before, long wanted) {
        LanguageConfig language = config.language();
        long width = language.width();
        long queries = (long) language.heads() * language.headSize();
        long keys = (long) language.keyValueHeads() * language.headSize();
        long keysAndValues = 2 * width * 2 * keys;
        long rest = 2 * width * 2 * queries + 3 * 2 * width * language.mlpWidth();
        long all = tokens * (keysAndValues + rest) + attention(tokens, before, queries);
        long unwanted = tokens - wanted;
        boolean everything = wholeLastLayer || count == 0;
        long spared = everything ? 0 : unwanted * rest + attention(unwanted, before, queries);
        return count * all - spared;
    }

    private static long attention(long tokens, long before, long queries) {
        return 2 * 2 * (tokens * before + tokens * (tokens + 1) / 2) * queries;
    }

    private long scores() {
        return 2L * config.language().width() * config.language().vocabulary();
    }
}
