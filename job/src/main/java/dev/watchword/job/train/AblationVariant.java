package dev.watchword.job.train;

import dev.watchword.model.Compression;
import java.util.List;

/**
 * A network that is compared with others.
 *
 * @param key its folder's name
 * @param name as people read it
 */
record AblationVariant(String key, String name, NetworkShape shape) {
    /** What the paper takes apart, in small. */
    static final List<AblationVariant> ALL =
            List.of(
                    query("prefusion-0", "no pre-fusion, 1 token", 0, 1),
                    query("prefusion-1", "1 layer of pre-fusion, 1 token", 1, 1),
                    query("prefusion-2", "2 layers of pre-fusion, 1 token", 2, 1),
                    query("prefusion-4", "4 layers of pre-fusion, 1 token", 4, 1),
                    new AblationVariant(
                            "pooling",
                            "2 layers of pre-fusion, 1 token by average pooling",
                            new NetworkShape(2, Compression.POOL, 1)),
                    query("tokens-4", "2 layers of pre-fusion, 4 tokens", 2, 2),
                    query("tokens-16", "2 layers of pre-fusion, 16 tokens", 2, 4),
                    new AblationVariant(
                            "llava-1.5",
                            "LLaVA-v1.5: all 64 patches, no pre-fusion",
                            new NetworkShape(0, Compression.NONE, 1)));

    private static AblationVariant query(String key, String name, int layers, int grid) {
        return new AblationVariant(key, name, new NetworkShape(layers, Compression.QUERY, grid));
    }
}
