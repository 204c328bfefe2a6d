package dev.watchword.job.bench;

import dev.watchword.model.ModelConfig;

/**
 * How many floating-point operations a question about one picture takes until its first token, part
 * by part, as {@link NetworkFlops} counts them.
 *
 * @param preFusion both of its parts: over the picture, and over the text
 * @param prefill the language model reading the vision tokens and the text
 */
record FlopsByPart(
        long visionTower, long compressor, long projector, long preFusion, long prefill) {

    /** Of a network and a prompt with so many tokens of text, as the paper's own code computes it. */
    static FlopsByPart asPublished(ModelConfig config, int textTokens) {
        return of(NetworkFlops.asPublished(config), config, textTokens);
    }

    /** Of a network and a prompt with so many tokens of text, as it is computed here. */
    static FlopsByPart here(ModelConfig config, int textTokens) {
        return of(NetworkFlops.of(config), config, textTokens);
    }

    private static FlopsByPart of(NetworkFlops flops, ModelConfig config, int textTokens) {
        return new FlopsByPart(
                flops.visionTower(),
                flops.compressor(),
                flops.projector(),
                flops.preFusionVision() + flops.preFusionText(textTokens),
                flops.prefill(config.visionTokens() + textTokens));
    }

    /** All parts together. */
    long total() {
        return visionTower + compressor + projector + preFusion + prefill;
    }
}
