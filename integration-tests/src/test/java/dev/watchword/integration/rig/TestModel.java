package dev.watchword.integration.rig;

import dev.watchword.model.ModelConfig;
import dev.watchword.model.untrained.UntrainedModel;
import dev.watchword.model.untrained.UntrainedShapes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.flink.util.FileUtils;

/** Small models with random weights, whose answers depend on what they see. */
public enum TestModel {
    /** One vision token a frame. */
    TINY(1, 1, 7),
    /** As tiny, and what it says goes on for as long as it may. */
    TALKATIVE(1, 1, 3),
    /** A frame is seen as four crops and as a whole. */
    HIGH_RESOLUTION(2, 1, 7),
    /** Two by two vision tokens a frame. */
    FOUR_TOKENS(1, 2, 7);

    private final int resolutionRatio;
    private final int compressorGrid;
    private final long seed;
    private Path directory;

    TestModel(int resolutionRatio, int compressorGrid, long seed) {
        this.resolutionRatio = resolutionRatio;
        this.compressorGrid = compressorGrid;
        this.seed = seed;
    }

    /** Its model directory, written at the first call in this process. */
    public synchronized Path directory() {
        if (directory == null) {
            try {
                Path place = Path.of("target", "models", name()).toAbsolutePath();
                FileUtils.deleteDirectory(place.toFile());
                UntrainedModel.of(config(), seed).write(place);
                directory = place;
            } catch (IOException e) {
                throw new UncheckedIOException("Writing the model " + this, e);
            }
        }
        return directory;
    }

    private ModelConfig config() {
        ModelConfig tiny = UntrainedShapes.tiny();
        return new ModelConfig(
                tiny.modelType(),
                tiny.vision(),
                tiny.language(),
                compressorGrid,
                tiny.compressorHeads(),
                tiny.projectorLayers(),
                tiny.prefusionLayers(),
                resolutionRatio,
                tiny.fit(),
                tiny.visionTowerName());
    }
}
