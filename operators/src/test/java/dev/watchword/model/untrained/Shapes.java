package dev.watchword.model.untrained;

import dev.watchword.model.Activation;
import dev.watchword.model.LanguageConfig;
import dev.watchword.model.ModelConfig;
import dev.watchword.model.PictureFit;
import dev.watchword.model.RotaryScaling;
import dev.watchword.model.VisionTowerConfig;
import java.util.List;
import java.util.OptionalInt;

/** Shapes that differ from the tiny one in one thing or in all. */
final class Shapes {
    private Shapes() {}

    static ModelConfig withVocabulary(ModelConfig config, int vocabulary) {
        LanguageConfig language = config.language();
        return with(
                config,
                new LanguageConfig(
                        language.width(),
                        language.mlpWidth(),
                        language.layers(),
                        language.heads(),
                        language.keyValueHeads(),
                        language.headSize(),
                        vocabulary,
                        language.rmsNormEpsilon(),
                        language.rotaryTheta(),
                        language.scaling(),
                        language.tiedEmbeddings(),
                        language.maxPositions(),
                        language.stopIds(),
                        language.beginId()),
                config.projectorLayers());
    }

    static ModelConfig withProjectorLayers(int layers) {
        ModelConfig config = UntrainedShapes.tiny();
        return with(config, config.language(), layers);
    }

    /** No number is that of the tiny shape. */
    static ModelConfig different() {
        return new ModelConfig(
                "llava_mini_llama",
                new VisionTowerConfig(32, 48, 2, 2, 32, 8, 1e-6, Activation.GELU, 0),
                new LanguageConfig(
                        40,
                        56,
                        2,
                        4,
                        4,
                        12,
                        90,
                        1e-6,
                        10_000,
                        new RotaryScaling.Linear(2.5),
                        true,
                        512,
                        List.of(),
                        OptionalInt.empty()),
                3,
                8,
                3,
                0,
                2,
                PictureFit.CROP,
                "");
    }

    private static ModelConfig with(
            ModelConfig config, LanguageConfig language, int projectorLayers) {
        return new ModelConfig(
                config.modelType(),
                config.vision(),
                language,
                config.compressorGrid(),
                config.compressorHeads(),
                projectorLayers,
                config.prefusionLayers(),
                config.resolutionRatio(),
                config.fit(),
                config.visionTowerName());
    }
}
