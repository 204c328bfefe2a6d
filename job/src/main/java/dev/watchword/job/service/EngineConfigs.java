package dev.watchword.job.service;

import dev.watchword.engine.EngineConfig;
import dev.watchword.job.settings.PrefixChoice;
import dev.watchword.job.settings.Settings;
import dev.watchword.model.WeightPacking;
import java.nio.file.Path;

/** From the job's settings to the engine's. */
public final class EngineConfigs {
    /** So many vectors of a prompt are read between two looks after frames. */
    private static final int PREFILL_SLICE = 512;

    private EngineConfigs() {}

    /** What an engine for this model directory is made from. */
    public static EngineConfig of(Settings settings, Path modelDirectory) {
        return new EngineConfig(
                modelDirectory.toAbsolutePath().toString(),
                settings.model()
                        .visionTower()
                        .map(path -> path.toAbsolutePath().toString())
                        .orElse(""),
                settings.model().chatTemplate().text(),
                settings.model().device(),
                EngineConfig.PrecisionChoice.valueOf(settings.model().precision().name()),
                WeightPacking.valueOf(settings.model().packWeights().name()),
                settings.model().threads(),
                settings.engine().batchFrames(),
                settings.engine().batchWait(),
                settings.engine().decodeThreads(),
                settings.engine().answersAtOnce(),
                PREFILL_SLICE,
                settings.engine().prefix() == PrefixChoice.ANCHORED,
                settings.engine().prefixMemory().bytes(),
                settings.engine().keyframeMemory().bytes(),
                settings.engine().recentFrameMemory().bytes(),
                Math.toIntExact(settings.engine().maxPicturePixels()),
                settings.engine().maxPictureBytes().toIntBytes(),
                settings.engine().uriAllow(),
                settings.engine().uriTimeout(),
                settings.engine().partialInterval(),
                settings.engine().hungAfter());
    }
}
