package dev.watchword.job.service;

import dev.watchword.job.settings.ModelSettings;
import java.nio.file.Path;

/**
 * The model that answers.
 *
 * @param directory its model directory
 * @param remark what a person must know about it; empty if nothing
 */
public record ModelChoice(Path directory, String remark) {
    private static final String BUNDLED =
            "The bundled model has seen drawn yards and nothing else; name another with --model.";

    /** The model that the settings name, or the one that comes with this program. */
    public static ModelChoice of(ModelSettings settings) {
        return settings.directory()
                .map(directory -> new ModelChoice(directory, ""))
                .orElseGet(
                        () -> new ModelChoice(BundledWeights.ofThisProgram().directory(), BUNDLED));
    }
}
