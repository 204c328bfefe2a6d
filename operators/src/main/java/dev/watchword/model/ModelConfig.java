package dev.watchword.model;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The shape of a LLaVA-Mini network, as its config.json gives it; or of a LLaVA-v1.5 one, which has
 * neither a compressor nor pre-fusion.
 *
 * @param modelType the architecture's name, {@code llava_mini_llama} or {@code llava_llama}
 * @param vision the vision tower
 * @param language the decoder; pre-fusion's blocks have its shape too
 * @param compressorGrid {@code C}: the compressor has C x C queries, or cells that are pooled. Its
 *     width is the vision tower's. 0 where there is no compressor
 * @param compressorHeads attention heads of the compressor, 8 in the public model; 0 where there are
 *     no queries
 * @param projectorLayers linear maps of the projector; between two of them stands an exact GELU
 * @param prefusionLayers blocks of pre-fusion, {@code N}; may be 0
 * @param resolutionRatio 1, or how many crops lie along each side of a high-resolution picture
 * @param fit how a picture is made square
 * @param visionTowerName where the vision tower came from, or empty when the config does not say
 * @param compression how patches become vision tokens
 * @param newestShare the least share of the newest frame in the mean of the fused text, from 0 to
 *     1; 0 is the paper's plain mean
 * @param evidenceHeads those heads of the decoder that look at what an answer rests on; empty where
 *     nobody measured which they are: then all count
 * @param positionCode how strongly each vision token before the decoder carries a code of its
 *     position, beside the rotation by it; 0 is the public model's way
 * @param nameCode how strongly each vision token of one of several streams, behind whose names
 *     their frames stand, carries a code of its stream's name; 0 is the public model's way
 */
public record ModelConfig(
        String modelType,
        VisionTowerConfig vision,
        LanguageConfig language,
        int compressorGrid,
        int compressorHeads,
        int projectorLayers,
        int prefusionLayers,
        int resolutionRatio,
        PictureFit fit,
        String visionTowerName,
        Compression compression,
        double newestShare,
        List<AttentionHead> evidenceHeads,
        double positionCode,
        double nameCode) {

    private static final String LLAVA = "llava_llama";

    /** A network with the paper's queries and its plain mean. */
    public ModelConfig(
            String modelType,
            VisionTowerConfig vision,
            LanguageConfig language,
            int compressorGrid,
            int compressorHeads,
            int projectorLayers,
            int prefusionLayers,
            int resolutionRatio,
            PictureFit fit,
            String visionTowerName) {
        this(
                modelType,
                vision,
                language,
                compressorGrid,
                compressorHeads,
                projectorLayers,
                prefusionLayers,
                resolutionRatio,
                fit,
                visionTowerName,
                Compression.QUERY,
                0,
                List.of(),
                0,
                0);
    }

    public ModelConfig {
        evidenceHeads = List.copyOf(evidenceHeads);
    }

    /** The same network with another least share of the newest frame. */
    public ModelConfig withNewestShare(double share) {
        return with(compression, compressorHeads, share, evidenceHeads, positionCode, nameCode);
    }

    /** The same network, of which other heads say what an answer rests on. */
    public ModelConfig withEvidenceHeads(List<AttentionHead> others) {
        return with(compression, compressorHeads, newestShare, others, positionCode, nameCode);
    }

    /** The same network with another strength of the code of a vision token's position. */
    public ModelConfig withPositionCode(double strength) {
        return with(compression, compressorHeads, newestShare, evidenceHeads, strength, nameCode);
    }

    /** The same network with another strength of the code of a stream's name. */
    public ModelConfig withNameCode(double strength) {
        return with(
                compression, compressorHeads, newestShare, evidenceHeads, positionCode, strength);
    }

    /** The same network with pooling in place of queries. */
    public ModelConfig withPooling() {
        return with(Compression.POOL, 0, newestShare, evidenceHeads, positionCode, nameCode);
    }

    /** LLaVA-v1.5 with the same vision tower, projector and decoder. */
    public ModelConfig asLlava() {
        return new ModelConfig(
                        LLAVA, vision, language, 0, 0, projectorLayers, 0, 1, fit, visionTowerName)
                .with(Compression.NONE, 0, newestShare, evidenceHeads, positionCode, nameCode);
    }

    private ModelConfig with(
            Compression how,
            int heads,
            double share,
            List<AttentionHead> evidence,
            double ofPosition,
            double ofName) {
        return new ModelConfig(
                modelType,
                vision,
                language,
                compressorGrid,
                heads,
                projectorLayers,
                prefusionLayers,
                resolutionRatio,
                fit,
                visionTowerName,
                how,
                share,
                evidence,
                ofPosition,
                ofName);
    }

    /**
     * Returns how much each of some frames counts in the mean of the fused text, where all are
     * fused: oldest first, together 1.
     */
    public float[] frameWeights(int frames) {
        double newest = Math.max(newestShare, 1.0 / frames);
        float[] weights = new float[frames];
        Arrays.fill(weights, (float) ((1 - newest) / (frames - 1)));
        weights[frames - 1] = (float) newest;
        return weights;
    }

    /** Returns whether text is fused with other frames than the newest too. */
    public boolean fusesOlderFrames() {
        return newestShare < 1;
    }

    /** The heads that say what an answer rests on, numbered through all layers, rising. */
    long[] evidenceNumbers() {
        return evidenceHeads.isEmpty()
                ? LongStream.range(0, (long) language.layers() * language.heads()).toArray()
                : evidenceHeads.stream()
                        .mapToLong(each -> each.number(language))
                        .sorted()
                        .toArray();
    }

    /** Returns how many vision tokens a frame becomes. */
    public int visionTokens() {
        return compression == Compression.NONE ? vision.patches() : compressorGrid * compressorGrid;
    }

    /** Returns into how many pictures a frame is cut: its crops, if any, and the whole of it. */
    public int parts() {
        return resolutionRatio == 1 ? 1 : resolutionRatio * resolutionRatio + 1;
    }
}
