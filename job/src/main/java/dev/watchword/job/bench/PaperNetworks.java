package dev.watchword.job.bench;

import dev.watchword.model.LanguageConfig;
import dev.watchword.model.ModelConfig;
import dev.watchword.model.PictureFit;
import dev.watchword.model.RotaryScaling;
import dev.watchword.model.VisionTowerConfig;
import dev.watchword.model.untrained.UntrainedShapes;
import java.util.List;
import java.util.OptionalInt;

/**
 * The shapes of the networks that the paper (arXiv 2501.03895) compares: CLIP-L/14 at 336 pixels and
 * Vicuna-7B.
 */
final class PaperNetworks {
    private static final int COMPRESSOR_HEADS = 8;
    private static final int PROJECTOR_LAYERS = 2;

    private PaperNetworks() {}

    /** LLaVA-v1.5: every patch is a vision token of the decoder; no pre-fusion. */
    static ModelConfig llava() {
        return llavaMini(0, 1).asLlava();
    }

    /**
     * LLaVA-Mini.
     *
     * @param grid {@code C}: a picture becomes C x C vision tokens
     */
    static ModelConfig llavaMini(int prefusionLayers, int grid) {
        return llavaMini(prefusionLayers, grid, 1);
    }

    /**
     * LLaVA-Mini on pictures that may be cut into crops.
     *
     * @param grid {@code C}: a picture becomes C x C vision tokens
     * @param resolutionRatio 1, or how many crops lie along each side of a picture
     */
    static ModelConfig llavaMini(int prefusionLayers, int grid, int resolutionRatio) {
        return new ModelConfig(
                "llava_mini_llama",
                clipLarge(),
                vicuna(),
                grid,
                COMPRESSOR_HEADS,
                PROJECTOR_LAYERS,
                prefusionLayers,
                resolutionRatio,
                PictureFit.PAD,
                "");
    }

    private static VisionTowerConfig clipLarge() {
        return UntrainedShapes.clipLargeAndOneBillion().vision();
    }

    private static LanguageConfig vicuna() {
        return new LanguageConfig(
                4096,
                11_008,
                32,
                32,
                32,
                128,
                32_000,
                1e-5,
                10_000,
                new RotaryScaling.None(),
                false,
                4096,
                List.of(2),
                OptionalInt.of(1));
    }
}
