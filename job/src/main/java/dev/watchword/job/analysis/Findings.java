package dev.watchword.job.analysis;

import java.util.List;

/**
 * What a model looked at when it answered a question about one picture.
 *
 * @param answer its text
 * @param textBefore tokens in front of the vision tokens
 * @param visionTokens tokens of the picture
 * @param textBehind tokens of the question and the answer
 * @param layers of the decoder, from the first
 * @param patches what each query of the compressor looked at; of a model without a compressor what
 *     the question and the answer looked at, the mean of the layers
 */
public record Findings(
        String answer,
        int textBefore,
        int visionTokens,
        int textBehind,
        List<LayerShares> layers,
        List<PatchAttention> patches) {

    public Findings {
        layers = List.copyOf(layers);
        patches = List.copyOf(patches);
    }
}
