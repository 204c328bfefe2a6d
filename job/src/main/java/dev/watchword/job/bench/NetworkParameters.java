package dev.watchword.job.bench;

import dev.watchword.model.Compression;
import dev.watchword.model.LanguageConfig;
import dev.watchword.model.ModelConfig;
import dev.watchword.model.VisionTowerConfig;

/**
 * How many numbers each part of the network holds and reads, counted from its shape.
 *
 * @param config the network's shape
 */
public record NetworkParameters(ModelConfig config) {

    /** The vision tower up to the layer that is looked at. */
    public long visionTower() {
        VisionTowerConfig tower = config.vision();
        long width = tower.width();
        long mlp = tower.mlpWidth();
        long patchValues = 3L * tower.patchSize() * tower.patchSize();
        long embedding = width * (1 + patchValues + tower.patches() + 1 + 2);
        long layer = 4 * (width * width + width) + (2 * width * mlp + mlp + width) + 4 * width;
        return embedding + tower.selectLayer() * layer;
    }

    /** The compressor. */
    public long compressor() {
        if (config.compression() != Compression.QUERY) {
            return 0;
        }
        long width = config.vision().width();
        return 2 * config.visionTokens() * width + 4 * (width * width + width) + 4 * width;
    }

    /** The projector. */
    public long projector() {
        long from = config.vision().width();
        long to = config.language().width();
        return from * to + to + (config.projectorLayers() - 1L) * (to * to + to);
    }

    /** The blocks of pre-fusion. */
    public long preFusion() {
        return config.prefusionLayers() * block();
    }

    /** The decoder with its embeddings and its head. */
    public long decoder() {
        return readPerToken() + (config.language().tiedEmbeddings() ? 0 : table());
    }

    /** All of them. */
    public long all() {
        return visionTower() + compressor() + projector() + preFusion() + decoder();
    }

    /** Of the decoder's weights those that every generated token reads: blocks, norm and head. */
    public long readPerToken() {
        return config.language().layers() * block() + config.language().width() + table();
    }

    /** What every generated token reads of the keys and values of each token before it. */
    public long keysAndValuesPerToken() {
        LanguageConfig language = config.language();
        return 2L * language.layers() * language.keyValueHeads() * language.headSize();
    }

    private long table() {
        return (long) config.language().vocabulary() * config.language().width();
    }

    private long block() {
        LanguageConfig language = config.language();
        long width = language.width();
        long queries = (long) language.heads() * language.headSize();
        long keys = (long) language.keyValueHeads() * language.headSize();
        return width * (2 * queries + 2 * keys) + 3 * width * language.mlpWidth() + 2 * width;
    }
}
