package dev.watchword.job.service;

import dev.watchword.engine.EngineConfig;
import dev.watchword.engine.SharedEngines;
import dev.watchword.operators.EngineLeaser;
import java.util.OptionalInt;

/**
 * An engine with the bundled model, which every task manager unpacks for itself.
 *
 * @param settings whose model directory is not looked at
 */
record BundledEngine(EngineConfig settings) implements EngineLeaser {
    @Override
    public SharedEngines.Lease lease(OptionalInt gpu) {
        String directory = BundledWeights.ofThisProgram().directory().toAbsolutePath().toString();
        return SharedEngines.lease(settings.withModelDirectory(directory).granted(gpu));
    }
}
