package dev.watchword.job.train;

import dev.watchword.model.Compression;

/**
 * In what a network differs from another of the same size.
 *
 * @param prefusionLayers how many layers of pre-fusion
 * @param compression how patches become vision tokens
 * @param grid the vision tokens are grid x grid; without compression they are the patches
 */
record NetworkShape(int prefusionLayers, Compression compression, int grid) {
    /** The bundled model's: one token by queries, two layers of pre-fusion. */
    static final NetworkShape BUNDLED = new NetworkShape(2, Compression.QUERY, 1);
}
